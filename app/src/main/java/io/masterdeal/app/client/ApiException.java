package io.masterdeal.app.client;

/** A platform answered with a problem, or did not answer. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was asked and what came back
     */
    public ApiException(String message) {
        super(message);
    }

    /**
     * @param message what was asked
     * @param cause why there was no answer
     */
    public ApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
