package io.masterdeal.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * States that the named events were mistakes. Their facts are ignored at every instant, whether the fact or the retraction
 * arrived first; a retraction itself cannot be retracted (ruling 5).
 *
 * @param eventId the id of the retracting event
 * @param content its content, see {@link Statement#content()}; it is never interpreted and only distinguishes copies
 * @param retracts ids of the retracted events; never empty
 * @param domain the domain whose facts it can retract, because a system may not undo what another one stated; null for any
 *     domain. Intake decides this once, and the decision does not depend on the order of arrival
 */
public record Retraction(
        UUID eventId,
        String content,
        Set<UUID> retracts,
        @Nullable String domain) implements Statement {

    /**
     * @throws IllegalArgumentException if no event is named
     */
    public Retraction {
        retracts = Set.copyOf(retracts);
        if (retracts.isEmpty()) {
            throw new IllegalArgumentException("a retraction names at least one event");
        }
    }

    /**
     * Creates a retraction of all events that it names, whatever their domain.
     *
     * @param said everything else that the event states
     * @param retracts ids of the retracted events
     */
    public static Retraction of(Fact said, Collection<UUID> retracts) {
        return of(said, retracts, null);
    }

    /**
     * Creates a retraction that applies only to facts of the domain of its own subject.
     *
     * @param said everything else that the event states
     * @param retracts ids of the retracted events
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

    /** Whether it applies to a fact that it names: whether the fact belongs to a domain for which it may retract. */
    public boolean reaches(Fact fact) {
        return domain == null || domain.equals(fact.subject().domain());
    }
}
