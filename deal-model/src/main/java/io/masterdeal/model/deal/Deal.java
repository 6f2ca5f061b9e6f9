package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer: where a deal stands, and why. A function of the facts and the rule set alone.
 *
 * @param root the key of the CRM deal
 * @param stage the highest stage whose condition holds; {@code none} if none does
 * @param outcome how it ended, if it did
 * @param gaps lower stages whose condition does not hold, first to last
 * @param timeline the stage at every instant
 * @param facts how many facts its objects have
 * @param objects its objects (the root included, if there is a fact about it), each with its current status, null if
 *     none of its facts has one
 * @param findings of every stage, first to last: whether its condition holds now, and why
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

    /** Copies the lists, and closes the maps to changes. */
    public Deal {
        gaps = List.copyOf(gaps);
        timeline = List.copyOf(timeline);
        objects = Collections.unmodifiableSortedMap(objects);
        findings = Collections.unmodifiableMap(findings);
    }

    /**
     * Whether the facts contradict each other: the work is done, and yet the root says lost or cancelled. It is for
     * people to resolve (ruling 12).
     *
     * @param finalStage the last stage of the rule set
     */
    public boolean isContradictory(String finalStage) {
        return stage.equals(finalStage) && (outcome == Outcome.LOST || outcome == Outcome.CANCELLED);
    }
}
