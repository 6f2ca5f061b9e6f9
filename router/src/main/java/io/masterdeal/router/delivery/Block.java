package io.masterdeal.router.delivery;

/** An order key whose deliveries are parked in the ledger behind one that failed. */
final class Block {

    /** No delivery: the parked ones are being sent, in order. */
    static final long NONE = -1;

    /** The delivery that failed, or {@link #NONE}. */
    long head;

    /** Parked deliveries may be read back once the outcome with this number is noted. */
    long after;

    Block(long head) {
        this.head = head;
    }

    boolean isDraining() {
        return head == NONE;
    }
}
