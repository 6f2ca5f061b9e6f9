package io.masterdeal.service.intake;

/** A record is not taken in, now or later. */
final class RefusedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a short code, as {@code error.events} shows it
     */
    RefusedRecordException(String reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * @param reason a short code, as {@code error.events} shows it
     */
    RefusedRecordException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
