package io.masterdeal.contracts.registry;

/** The registry does not answer, or denies access. The same call may succeed later: the event may be valid. */
public final class RegistryUnavailableException extends RuntimeException {
    /**
     * Creates the exception.
     *
     * @param message what happened, and where
     */
    public RegistryUnavailableException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, and where
     * @param cause the cause
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
