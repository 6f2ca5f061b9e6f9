package io.masterdeal.facts;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.TimelineStep;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.sla.ClockStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a deal that is published: when it changes there is a new revision.
 *
 * @param known whether a fact names the deal at all; after retractions none may
 * @param stage the stage
 * @param outcome the outcome, in lower case
 * @param gaps lower stages whose condition does not hold
 * @param timeline the stage at every instant
 * @param objects the objects with their current statuses (null: none)
 * @param clocks the clocks that have run, each with its last cycle
 * @param attributes of the root, those that answers have, by name; values are cut to {@link StoredFields#LONGEST_VALUE} characters
 */
public record Answer(
        boolean known,
        String stage,
        String outcome,
        List<String> gaps,
        List<TimelineStep> timeline,
        SortedMap<ObjectKey, @Nullable String> objects,
        List<ClockStatus> clocks,
        SortedMap<String, String> attributes) {

    /** The answer for a deal that no fact names. */
    static final Answer UNKNOWN = new Answer(
            false, Stage.NONE, text(Outcome.OPEN), List.of(), List.of(), new TreeMap<>(), List.of(), new TreeMap<>());

    static Answer of(Deal deal, List<ClockStatus> clocks, SortedMap<String, String> attributes) {
        SortedMap<ObjectKey, @Nullable String> objects = new TreeMap<>();
        deal.objects().forEach((key, current) -> objects.put(key, status(current)));
        return new Answer(
                true, deal.stage(), text(deal.outcome()), deal.gaps(), deal.timeline(), objects, clocks, attributes);
    }

    private static @Nullable String status(@Nullable CurrentStatus current) {
        return current == null ? null : current.status();
    }

    private static String text(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** The names of the parts in which another answer differs from this one. */
    List<String> changes(Answer now) {
        List<String> changes = new ArrayList<>();
        note(changes, "known", known == now.known);
        note(changes, "stage", stage.equals(now.stage));
        note(changes, "outcome", outcome.equals(now.outcome));
        note(changes, "gaps", gaps.equals(now.gaps));
        note(changes, "timeline", timeline.equals(now.timeline));
        note(changes, "objects", objects.equals(now.objects));
        note(changes, "sla", clocks.equals(now.clocks));
        note(changes, "attributes", attributes.equals(now.attributes));
        return changes;
    }

    private static void note(List<String> changes, String part, boolean same) {
        if (!same) {
            changes.add(part);
        }
    }
}
