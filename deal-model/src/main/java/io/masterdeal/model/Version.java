package io.masterdeal.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How new a fact is within its object (ruling 3): by sequence if it has one, else by time; a fact with a sequence is
 * newer than one without; a tie goes to the greater event id.
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
