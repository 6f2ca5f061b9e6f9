package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer: the state of a deal and the reasons for it. It depends only on the facts and the rule set.
 *
 * @param root the key of the CRM deal
 * @param stage the highest stage whose condition holds; {@code none} if none does
 * @param outcome how it ended, if it has ended
 * @param gaps lower stages whose condition does not hold, from first to last
 * @param timeline the steps from stage to stage over time
 * @param facts number of facts of its objects
 * @param objects its objects, including the root if there is a fact about it, each with its current status, or null
 *     if none of its facts has a status
 * @param findings by stage, from first to last: whether its condition holds now, and why
 */
public record Deal(
        ObjectKey root,
        String stage,
        Outcome outcome,
        List<String> gaps,
        List<TimelineStep> timeline,
        int facts,
        SortedMap<ObjectKey, @Nullable CurrentStatus> objects,
        Map<String, Finding> findings) {

    /** Copies the lists and wraps the maps as unmodifiable. */
    public Deal {
        gaps = List.copyOf(gaps);
        timeline = List.copyOf(timeline);
        objects = Collections.unmodifiableSortedMap(objects);
        findings = Collections.unmodifiableMap(findings);
    }

    /**
     * Whether the facts contradict each other: the deal is in the final stage, but its root is lost or cancelled. People have to
     * resolve this (ruling 12).
     *
     * @param finalStage the last stage of the rule set
     */
    public boolean isContradictory(String finalStage) {
        return stage.equals(finalStage) && (outcome == Outcome.LOST || outcome == Outcome.CANCELLED);
    }
}
