package io.masterdeal.router.delivery;

/** A deal whose deliveries wait, parked in the ledger, behind one that failed. */
final class Block {

    /** No delivery: what is parked is sent now, in order. */
    static final long NONE = -1;

    /** The one that failed, or {@link #NONE}. */
    long head;

    /** What is parked may be read when the outcome with this number is noted. */
    long after;

    Block(long head) {
        this.head = head;
    }

    boolean isDraining() {
        return head == NONE;
    }
}
