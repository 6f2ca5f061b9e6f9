package io.masterdeal.router.ledger;

/** Another process reads what this one wanted to read: this one has to let go. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which partition, and where it stands
     */
    public FencedException(String message) {
        super(message);
    }
}
