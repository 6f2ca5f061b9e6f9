package io.masterdeal.contracts.registry;

/** The registry refused a schema: by its compatibility rule the schema cannot follow the existing versions. */
public final class IncompatibleSchemaException extends RuntimeException {
    /**
     * Creates the exception.
     *
     * @param message what happened, and where
     */
    public IncompatibleSchemaException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, and where
     * @param cause the cause
     */
    public IncompatibleSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
