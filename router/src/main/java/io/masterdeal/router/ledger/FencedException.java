package io.masterdeal.router.ledger;

/** Another process has become the leader: this one must stop. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what shows that
     */
    public FencedException(String message) {
        super(message);
    }
}
