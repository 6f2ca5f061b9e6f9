package io.masterdeal.app.replay.log;

import org.jspecify.annotations.Nullable;

/** A log that cannot be read at all, or not any further. The message names the file and the line, and what to do. */
public final class EventLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message names the file and the line, and says what to do
     */
    public EventLogException(String message) {
        super(message);
    }

    EventLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
