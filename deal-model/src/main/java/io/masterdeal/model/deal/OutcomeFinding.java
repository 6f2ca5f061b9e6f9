package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Since when a deal has its outcome, and why.
 *
 * @param since the time of the facts that caused it, UTC; null if the deal is open and never had another outcome
 * @param evidence ids of these facts: the one that gave the root the deciding status; or those of the step to the last stage, or back from it;
 *     empty if {@code since} is null
 */
public record OutcomeFinding(@Nullable Instant since, List<UUID> evidence) {

    private static final OutcomeFinding ALWAYS_OPEN = new OutcomeFinding(null, List.of());

    /** Copies the list. */
    public OutcomeFinding {
        evidence = List.copyOf(evidence);
    }

    /**
     * Finds the time and evidence of the outcome.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was computed
     */
    public static OutcomeFinding of(ObjectKey root, RuleSet rules, DealState state) {
        Map<String, Outcome> ends = rules.statuses(ObjectKind.DEAL).outcomes();
        CurrentStatus status = state.current().get(root);
        if (status != null && ends.containsKey(status.status())) {
            return of(status.version());
        }
        OutcomeFinding step = ofStage(rules.finalStage().name(), state.timeline());
        Version reopened = status == null ? null : reopened(ends, state.ever(), status.version());
        if (reopened == null) {
            return step;
        }
        return step.since() == null || step.since().isBefore(reopened.occurredAt()) ? of(reopened) : step;
    }

    private static OutcomeFinding of(Version fact) {
        return new OutcomeFinding(fact.occurredAt(), List.of(fact.eventId()));
    }

    /** The outcome by stage: the step to the last stage, or the first step back after it. */
    private static OutcomeFinding ofStage(String finalStage, List<TimelineStep> timeline) {
        OutcomeFinding found = ALWAYS_OPEN;
        String before = "";
        for (TimelineStep step : timeline) {
            if (step.stage().equals(finalStage) || before.equals(finalStage)) {
                found = new OutcomeFinding(step.effectiveAt(), step.evidence());
            }
            before = step.stage();
        }
        return found;
    }

    /** The fact with which the root left the statuses that end a deal; null if it never had one. */
    private static @Nullable Version reopened(Map<String, Outcome> ends, Map<String, Version> ever, Version current) {
        Collection<Version> ended = new ArrayList<>();
        Collection<Version> others = new ArrayList<>();
        ever.forEach((status, first) -> (ends.containsKey(status) ? ended : others).add(first));
        if (ended.isEmpty()) {
            return null;
        }
        Version end = ended.stream().max(Comparator.naturalOrder()).orElseThrow();
        // Only the first fact of each status is kept, so a status that returned is known only if it is the current one.
        return others.stream()
                .filter(it -> it.compareTo(end) > 0)
                .min(Comparator.naturalOrder())
                .orElse(current);
    }
}
