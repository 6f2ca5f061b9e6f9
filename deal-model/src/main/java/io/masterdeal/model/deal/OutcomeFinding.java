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
 * Why a deal has its outcome, and since when.
 *
 * @param since the time of the facts that brought it, UTC; null if the deal is open and never had another outcome
 * @param evidence ids of these facts: the one by which the root says it; or those of the step to the last stage, or back from it;
 *     empty if there is no time
 */
public record OutcomeFinding(@Nullable Instant since, List<UUID> evidence) {

    private static final OutcomeFinding ALWAYS_OPEN = new OutcomeFinding(null, List.of());

    /** Copies the list. */
    public OutcomeFinding {
        evidence = List.copyOf(evidence);
    }

    /**
     * Finds it.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was made
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

    /** What the last stage says: the step to it, or the first step back after it. */
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

    /** The fact by which the root took back what it had said of an end; null if it never said any. */
    private static @Nullable Version reopened(Map<String, Outcome> ends, Map<String, Version> ever, Version current) {
        Collection<Version> ended = new ArrayList<>();
        Collection<Version> others = new ArrayList<>();
        ever.forEach((status, first) -> (ends.containsKey(status) ? ended : others).add(first));
        if (ended.isEmpty()) {
            return null;
        }
        Version end = ended.stream().max(Comparator.naturalOrder()).orElseThrow();
        // Of each status only the first fact is kept; one that came back is known if it is the current one.
        return others.stream()
                .filter(it -> it.compareTo(end) > 0)
                .min(Comparator.naturalOrder())
                .orElse(current);
    }
}
