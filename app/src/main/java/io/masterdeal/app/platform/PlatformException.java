package io.masterdeal.app.platform;

import org.jspecify.annotations.Nullable;

/** A platform does not start, or there is none. The message says why and what to do. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and what to do
     */
    public PlatformException(String message) {
        this(message, null);
    }

    /**
     * @param message what is wrong and what to do
     * @param cause the cause
     */
    public PlatformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
