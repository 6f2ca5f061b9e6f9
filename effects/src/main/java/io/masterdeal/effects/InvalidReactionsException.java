package io.masterdeal.effects;

/** A file of reactions cannot be used. The message has the form {@code file:line: reason}. */
public final class InvalidReactionsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidReactionsException(String file, int line, String reason) {
        super(file + ":" + line + ": " + reason);
    }

    InvalidReactionsException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
