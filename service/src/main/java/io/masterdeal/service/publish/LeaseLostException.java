package io.masterdeal.service.publish;

/** Another process relays now. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException() {
        super("another process relays since: this one was paused or cut off for too long");
    }
}
