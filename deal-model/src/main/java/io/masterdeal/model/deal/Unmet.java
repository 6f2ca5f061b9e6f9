package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.util.List;

/**
 * A part of a condition that does not hold, with the objects that are short of it.
 *
 * @param condition the part
 * @param objects the live objects that are short of its status; those of {@code kind} if it is a {@link Condition.For}; empty for
 *     {@code all}, {@code any} and {@code ever}
 * @param bearing only of a {@link Condition.For}: the live objects of the bearing kind that are short of their status
 * @param parts of {@code all}, those that do not hold; of {@code any}, every one
 */
public record Unmet(Condition condition, List<ObjectKey> objects, List<ObjectKey> bearing, List<Unmet> parts) {

    /** Copies the lists. */
    public Unmet {
        objects = List.copyOf(objects);
        bearing = List.copyOf(bearing);
        parts = List.copyOf(parts);
    }

    /**
     * The parts of the condition of a stage that do not hold but have to.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was computed
     * @return empty if the condition holds
     */
    public static List<Unmet> of(ObjectKey root, RuleSet rules, DealState state, Stage stage) {
        FutureDeal deal = new FutureDeal(root, rules, state, stage.when());
        return of(stage.when(), deal, deal.after(Additions.NONE)).stream()
                .flatMap(it -> it.condition() instanceof Condition.All ? it.parts().stream() : List.of(it).stream())
                .toList();
    }

    private static List<Unmet> of(Condition condition, FutureDeal deal, ConditionEvaluator now) {
        if (now.holds(condition)) {
            return List.of();
        }
        return List.of(
                switch (condition) {
                    case Condition.All all -> new Unmet(condition, List.of(), List.of(), of(all.of(), deal, now));
                    case Condition.Any any -> new Unmet(condition, List.of(), List.of(), of(any.of(), deal, now));
                    case Condition.Ever _ -> new Unmet(condition, List.of(), List.of(), List.of());
                    case Condition.Some some ->
                        new Unmet(condition, deal.shortOf(some.kind(), some.reached()), List.of(), List.of());
                    case Condition.Every every ->
                        new Unmet(
                                condition,
                                deal.shortOf(every.kind(), every.reached()).stream()
                                        .filter(it -> deal.isAtOrPast(it, Additions.NONE, every.among()))
                                        .toList(),
                                List.of(),
                                List.of());
                    case Condition.For pair ->
                        new Unmet(
                                condition,
                                deal.shortOf(pair.kind(), pair.reached()),
                                deal.shortOf(pair.bearing(), pair.every()),
                                List.of());
                });
    }

    private static List<Unmet> of(List<Condition> parts, FutureDeal deal, ConditionEvaluator now) {
        return parts.stream().flatMap(part -> of(part, deal, now).stream()).toList();
    }
}
