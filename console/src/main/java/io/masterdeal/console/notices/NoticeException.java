package io.masterdeal.console.notices;

/** A notice was not accepted. The message has no secrets. */
final class NoticeException extends Exception {

    private static final long serialVersionUID = 1L;

    NoticeException(String message) {
        super(message);
    }

    NoticeException(String message, Throwable cause) {
        super(message, cause);
    }
}
