package io.masterdeal.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says that the named events were mistakes. Their facts count no more, at no time, whichever came first; a retraction
 * itself cannot be retracted (ruling 5).
 *
 * @param eventId the id of the retracting event
 * @param content its content, see {@link Statement#content()}; nothing of it is read, it only tells copies apart
 * @param retracts ids of the events taken back; never empty
 * @param domain whose facts it may take back, for a system may not undo what another one said; null for any (who may
 *     retract what is for the door to decide, and the door decides it for good: what came first plays no part)
 */
public record Retraction(
        UUID eventId,
        String content,
        Set<UUID> retracts,
        @Nullable String domain) implements Statement {

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
     * A retraction that reaches whatever it names.
     *
     * @param said all that the event says beside
     * @param retracts ids of the events taken back
     */
    public static Retraction of(Fact said, Collection<UUID> retracts) {
        return of(said, retracts, null);
    }

    /**
     * A retraction that reaches only what the domain of its own subject said.
     *
     * @param said all that the event says beside
     * @param retracts ids of the events taken back
     */
    public static Retraction ofOwnDomain(Fact said, Collection<UUID> retracts) {
        return of(said, retracts, said.subject().domain());
    }

    private static Retraction of(Fact said, Collection<UUID> retracts, @Nullable String domain) {
        TreeSet<UUID> sorted = new TreeSet<>(EventIdOrder.INSTANCE);
        sorted.addAll(retracts);
        return new Retraction(
                said.eventId(), CanonicalContent.of(said, Collections.unmodifiableSortedSet(sorted)), sorted, domain);
    }

    /** Whether it takes back a fact that it names: whether the fact was said by a domain it may speak for. */
    public boolean reaches(Fact fact) {
        return domain == null || domain.equals(fact.subject().domain());
    }
}
