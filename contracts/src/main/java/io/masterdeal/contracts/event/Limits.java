package io.masterdeal.contracts.event;

/** How large an event may be. What is larger is refused, so that no event can be too large for what comes after. */
public final class Limits {
    /** The whole event as JSON, in bytes. */
    public static final int EVENT_BYTES = 256 * 1024;

    /** Levels of JSON objects and arrays within each other, the event itself being the first. */
    public static final int DEPTH = 32;

    /** Links of one event. */
    public static final int LINKS = 1000;

    /** Ids of one retraction. */
    public static final int RETRACTS = 1000;

    /** Attributes of one event, business fields not counted. */
    public static final int ATTRIBUTES = 200;

    /** The name of an attribute, in bytes of UTF-8. */
    public static final int ATTRIBUTE_NAME_BYTES = 128;

    /** The value of an attribute, in bytes of UTF-8. */
    public static final int ATTRIBUTE_VALUE_BYTES = 16 * 1024;

    /** The source, correlationid and causationid, each, in bytes of UTF-8. */
    public static final int CONTEXT_BYTES = 512;

    private Limits() {}
}
