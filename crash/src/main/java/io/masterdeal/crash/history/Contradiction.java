package io.masterdeal.crash.history;

/**
 * Two sources that cannot both be right.
 *
 * @param kind what is wrong
 * @param deal root of the deal, or id of the event if it is about a fact
 * @param revision of the deal; 0 if it is about a fact or a deal never published
 * @param place partition and offset on the topic, or where else it was seen
 * @param first what one source says, with its name
 * @param second what the other one says, with its name
 */
public record Contradiction(Kind kind, String deal, long revision, String place, String first, String second) {

    /** What may be wrong. */
    public enum Kind {
        /** Events of one deal lie in two partitions, where they have no order. */
        TWO_PARTITIONS,
        /** The envelope or the key does not fit the data. */
        ENVELOPE,
        /** A revision is missing. */
        REVISION_MISSING,
        /** A revision came for the first time after a later one. */
        OUT_OF_ORDER,
        /** A revision came again with another content. */
        COPY_DIFFERS,
        /** An event does not follow from the one before. */
        PREVIOUS_STAGE,
        /** The last event and the database differ. */
        ROW_DIFFERS,
        /** The last event and the service's answer differ. */
        ANSWER_DIFFERS,
        /** The service does not answer for a deal it has published. */
        ANSWER_MISSING,
        /** The service answers for a deal it has withdrawn. */
        ANSWER_FOR_WITHDRAWN,
        /** The database has a deal that the topic does not. */
        NOT_PUBLISHED,
        /** The topic has a deal that the database does not. */
        NOT_STORED,
        /** An event on the topic has no row among the revisions that the database keeps. */
        REVISION_UNRECORDED,
        /** That row says something else than the event. */
        RECORD_DIFFERS,
        /** There is such a row of an event that the topic does not have. */
        RECORD_UNPUBLISHED,
        /** An accepted event is not in the database. */
        FACT_MISSING,
        /** An event is in the database more than once. */
        FACT_TWICE,
        /** A stored fact says something else than what was sent. */
        FACT_DIFFERS,
        /** A stored fact was never sent. */
        FACT_UNSENT,
        /** A warning or breach stands, and does not hold. */
        MARK_WRONG,
        /** A warning or breach holds, and was not noticed. */
        MARK_MISSING,
        /** A warning or breach was noticed and not told, though it is not long past. */
        MARK_UNTOLD,
        /** The topic and the table say different things of a warning or breach. */
        MARK_DIFFERS,
        /** The last event says something else of the clocks than follows from the facts. */
        CLOCKS_DIFFER
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        String about = revision == 0 ? deal : deal + ", revision " + revision;
        return kind + ": " + about + ", at " + place + ": " + first + ", but " + second;
    }
}
