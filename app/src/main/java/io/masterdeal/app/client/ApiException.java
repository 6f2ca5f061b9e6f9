package io.masterdeal.app.client;

import java.io.IOException;

/** A platform answered with a problem, or did not answer. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * @param message what was asked and what came back
     */
    public ApiException(String message) {
        this(message, false);
    }

    /**
     * @param message what was asked and what came back
     * @param passing whether the same question may be answered a little later
     */
    ApiException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /**
     * @param message what was asked
     * @param cause why there was no answer
     */
    public ApiException(String message, Throwable cause) {
        super(message, cause);
        this.passing = cause instanceof IOException;
    }

    /** Whether to ask again may help: nobody was there, or it was a fault (5xx) of the platform. */
    public boolean isPassing() {
        return passing;
    }
}
