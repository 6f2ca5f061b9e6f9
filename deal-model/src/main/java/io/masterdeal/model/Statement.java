package io.masterdeal.model;

import java.util.UUID;

/**
 * What an event states: either a {@link Fact}, or that earlier facts were mistakes ({@link Retraction}). Statements are
 * only ever added; two statements are equal if both id and content are equal.
 */
public sealed interface Statement permits Fact, Retraction {

    /** The id of the event. If a publisher uses an id twice by mistake, two statements have the same id: a conflict to report. */
    UUID eventId();

    /**
     * The content, as canonical JSON text (ruling 2): an array of type, subject, status, sequence, time in ms, links,
     * attributes, masterdealid, retracts.
     */
    String content();
}
