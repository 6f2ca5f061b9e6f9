package io.masterdeal.model;

import java.util.UUID;

/**
 * What an event says: either a {@link Fact}, or that earlier facts were mistakes ({@link Retraction}). Statements are
 * only ever added; two statements are the same if both id and content are.
 */
public sealed interface Statement permits Fact, Retraction {

    /** The id of the event. Two statements may carry the same id by somebody's mistake: that is a conflict to report. */
    UUID eventId();

    /**
     * The content, as canonical JSON text (ruling 2): an array of type, subject, status, sequence, time in ms, links,
     * attributes, masterdealid, retracts.
     */
    String content();
}
