package io.masterdeal.facts;

import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.model.ObjectKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new revision of a deal, to be published.
 *
 * @param dealId the id of the deal
 * @param root its root
 * @param revision counts the changes of this deal's answer, from 1 without gaps
 * @param epoch grows when another process begins to publish, and when the database went back to an older state: of two revisions
 *     of a
 *     deal the one with the greater epoch is the newer
 * @param before the previous answer
 * @param now the answer
 * @param facts how many facts the deal has
 * @param evidence ids of the facts that decide the present stage
 * @param changed the parts in which the two differ
 * @param snapshot whether it is published again for subscribers that may have missed something
 * @param ruleSet name and version of the rule set
 * @param causes the statements that brought it; empty if none did (a new rule set, a rebuild, a clock)
 * @param sla what it says about a clock or about the end of the deal, in the place of what the change says; null if nothing
 */
public record DealChange(
        UUID dealId,
        ObjectKey root,
        long revision,
        long epoch,
        Answer before,
        Answer now,
        int facts,
        List<UUID> evidence,
        List<String> changed,
        boolean snapshot,
        String ruleSet,
        List<ReceivedStatement> causes,
        @Nullable SlaStatement sla) {

    /** The newest step of the timeline, or null if there is none or the stage did not change. */
    public @Nullable Step step() {
        if (before.stage().equals(now.stage()) || now.timeline().isEmpty()) {
            return null;
        }
        var last = now.timeline().getLast();
        return new Step(last.direction().name(), last.effectiveAt().toEpochMilli());
    }

    /**
     * Which way the deal went last, and from when on.
     *
     * @param direction name of a {@link io.masterdeal.model.deal.Direction}
     * @param effectiveAt UTC, in ms
     */
    public record Step(String direction, long effectiveAt) {}
}
