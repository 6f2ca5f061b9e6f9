package io.masterdeal.contracts.registry;

/** The registry refused a schema: by its rule the schema cannot follow the versions it has. */
public final class IncompatibleSchemaException extends RuntimeException {
    /**
     * Makes the exception.
     *
     * @param message what happened, and where
     */
    public IncompatibleSchemaException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what happened, and where
     * @param cause what it came from
     */
    public IncompatibleSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
