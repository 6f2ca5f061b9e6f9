package io.masterdeal.queue.broker;

/** What the broker is told about a message that it delivered. */
public enum Acknowledgement {
    /** Its work is done, or stored elsewhere: the broker may delete it. */
    ACCEPT,
    /** Its work has no known result: the broker is to deliver it again, which counts as a delivery. */
    RELEASE,
    /** It must not be delivered again. */
    REJECT
}
