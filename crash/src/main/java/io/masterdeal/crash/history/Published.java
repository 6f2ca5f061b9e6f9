package io.masterdeal.crash.history;

import tools.jackson.databind.JsonNode;

/**
 * A canonical event as it lies on the topic.
 *
 * @param partition of the topic
 * @param offset in the partition
 * @param key the record's key
 * @param envelope the parts of it that are compared
 * @param data what the event says, as JSON without the fields that are null
 * @param text the whole event, envelope and data, as text: equal for exact copies alone
 */
public record Published(int partition, long offset, String key, Envelope envelope, JsonNode data, String text) {

    /**
     * What the envelope says.
     *
     * @param type of the event
     * @param subject the object key
     * @param sequence the revision
     */
    public record Envelope(String type, String subject, long sequence) {}

    /** The key of the deal's root. */
    String root() {
        return data.path("root").stringValue("");
    }

    /** Which revision of the deal this is. */
    long revision() {
        return data.path("revision").longValue();
    }

    /** Whether the event has the whole deal, for subscribers that may have missed something. */
    boolean isSnapshot() {
        return data.path("snapshot").booleanValue(false);
    }

    /** Whether it says that no fact names the deal any more. */
    boolean isWithdrawal() {
        return data.path("withdrawn").booleanValue(false);
    }

    /** Whether it takes back what was told about a clock. */
    boolean isRetraction() {
        return envelope.type().equals("masterdeal.sla.retracted");
    }

    /** Where it lies, for people. */
    String place() {
        return "masterdeal.events-" + partition + "@" + offset;
    }
}
