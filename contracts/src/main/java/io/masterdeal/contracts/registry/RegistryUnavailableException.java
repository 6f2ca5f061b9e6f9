package io.masterdeal.contracts.registry;

/** The registry cannot answer now, or not to us. The same call may succeed later: nothing is wrong with the event. */
public final class RegistryUnavailableException extends RuntimeException {
    /**
     * Makes the exception.
     *
     * @param message what happened, and where
     */
    public RegistryUnavailableException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what happened, and where
     * @param cause what it came from
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
