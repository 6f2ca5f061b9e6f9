package io.masterdeal.rulesets.sla;

/** Policies or calendars cannot be used. The message has the form {@code file:line: reason}. */
public final class InvalidSlaFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSlaFileException(String file, int line, String reason) {
        super(file + ":" + line + ": " + reason);
    }

    InvalidSlaFileException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
