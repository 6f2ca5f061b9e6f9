package io.masterdeal.queue.broker;

/** What becomes of a message that was handed out. */
public enum Acknowledgement {
    /** Its work is done, or is kept elsewhere: the broker may forget it. */
    ACCEPT,
    /** Nothing is known of its work: the broker is to hand it out again, which counts as a delivery. */
    RELEASE,
    /** Nobody shall have it again. */
    REJECT
}
