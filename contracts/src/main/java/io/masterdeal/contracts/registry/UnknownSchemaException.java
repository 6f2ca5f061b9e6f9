package io.masterdeal.contracts.registry;

/** The registry has no schema with this id, or one that is not Avro. Asking again does not help. */
public final class UnknownSchemaException extends RuntimeException {
    /**
     * Creates the exception.
     *
     * @param message what happened, and where
     */
    public UnknownSchemaException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, and where
     * @param cause the cause
     */
    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
