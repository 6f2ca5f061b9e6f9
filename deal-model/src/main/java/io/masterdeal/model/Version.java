package io.masterdeal.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The version of an object that a fact describes (ruling 3): ordered by sequence if present, otherwise by time; a fact with a
 * sequence is newer than one without; of equal versions, the greater event id is newer.
 *
 * @param sequence the sequence, or null
 * @param occurredAt the time, UTC
 * @param eventId the event id
 */
public record Version(@Nullable Long sequence, Instant occurredAt, UUID eventId) implements Comparable<Version> {

    @Override
    public int compareTo(Version other) {
        if ((sequence == null) != (other.sequence == null)) {
            return sequence == null ? -1 : 1;
        }
        int order = sequence != null && other.sequence != null
                ? Long.compare(sequence, other.sequence)
                : occurredAt.compareTo(other.occurredAt);
        return order != 0 ? order : EventIdOrder.INSTANCE.compare(eventId, other.eventId);
    }
}
