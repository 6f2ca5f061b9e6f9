package io.masterdeal.contracts.event;

/** Size limits of an event. Larger events are refused, so that no later step can fail because of the size. */
public final class Limits {
    /** The whole event as JSON, in bytes. */
    public static final int EVENT_BYTES = 256 * 1024;

    /** Nesting levels of JSON objects and arrays, including the event itself. */
    public static final int DEPTH = 32;

    /** Links of one event. */
    public static final int LINKS = 1000;

    /** Ids of one retraction. */
    public static final int RETRACTS = 1000;

    /** Attributes of one event, not counting business fields. */
    public static final int ATTRIBUTES = 200;

    /** The name of an attribute, in bytes of UTF-8. */
    public static final int ATTRIBUTE_NAME_BYTES = 128;

    /** The value of an attribute, in bytes of UTF-8. */
    public static final int ATTRIBUTE_VALUE_BYTES = 16 * 1024;

    /** The source, correlationid and causationid, each, in bytes of UTF-8. */
    public static final int CONTEXT_BYTES = 512;

    private Limits() {}
}
