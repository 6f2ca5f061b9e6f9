package io.masterdeal.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Says that the named events were mistakes. Their facts count no more, at no time, whichever came first; a retraction
 * itself cannot be retracted (ruling 5).
 *
 * @param eventId the id of the retracting event
 * @param content its content, see {@link Statement#content()}; nothing of it is read, it only tells copies apart
 * @param retracts ids of the events taken back; never empty
 */
public record Retraction(UUID eventId, String content, Set<UUID> retracts) implements Statement {

    /**
     * @throws IllegalArgumentException if nothing is retracted
     */
    public Retraction {
        retracts = Set.copyOf(retracts);
        if (retracts.isEmpty()) {
            throw new IllegalArgumentException("a retraction names at least one event");
        }
    }

    /**
     * A retraction as an event states it.
     *
     * @param said all that the event says beside
     * @param retracts ids of the events taken back
     */
    public static Retraction of(Fact said, Collection<UUID> retracts) {
        TreeSet<UUID> sorted = new TreeSet<>(EventIdOrder.INSTANCE);
        sorted.addAll(retracts);
        return new Retraction(
                said.eventId(), CanonicalContent.of(said, Collections.unmodifiableSortedSet(sorted)), sorted);
    }
}
