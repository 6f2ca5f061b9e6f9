package io.masterdeal.facts.whatif;

import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A deal that would stand elsewhere by another rule set.
 *
 * @param id of the deal
 * @param root its key
 * @param revision the revision of its answer when it was judged
 * @param from where it stands by the rule set in use
 * @param to where it would stand
 * @param evidence the facts that decide its stage by the other rule set
 */
public record ChangedDeal(
        UUID id, ObjectKey root, long revision, StageByRules from, StageByRules to, List<DecidingFact> evidence) {

    /** Copies the list. */
    public ChangedDeal {
        evidence = List.copyOf(evidence);
    }

    /** Whether its stage would be another one. */
    public boolean isMoved() {
        return !from.stage().equals(to.stage());
    }

    /**
     * A fact that decides.
     *
     * @param eventId its event
     * @param object the object it is about
     * @param status the status it gave
     * @param occurredAt when, UTC
     */
    public record DecidingFact(UUID eventId, ObjectKey object, String status, Instant occurredAt) {}
}
