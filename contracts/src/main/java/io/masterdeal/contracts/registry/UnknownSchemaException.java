package io.masterdeal.contracts.registry;

/** The registry answered that it has no schema of this id, or one that is no Avro. Asking again will not help. */
public final class UnknownSchemaException extends RuntimeException {
    /**
     * Makes the exception.
     *
     * @param message what happened, and where
     */
    public UnknownSchemaException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what happened, and where
     * @param cause what it came from
     */
    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
