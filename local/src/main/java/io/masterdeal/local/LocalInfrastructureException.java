package io.masterdeal.local;

import org.jspecify.annotations.Nullable;

/** The local infrastructure cannot be started. The message says why, and what to do about it. */
public final class LocalInfrastructureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalInfrastructureException(String message) {
        super(message);
    }

    LocalInfrastructureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
