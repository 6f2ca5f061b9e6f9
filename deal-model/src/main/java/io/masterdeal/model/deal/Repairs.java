package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ways to make a condition hold that does not hold yet, each a larger set of future facts. What one part needs may take another
 * part away, as a new contract does that no act completes; so the result has to be evaluated, and repaired again.
 */
final class Repairs {

    /** A deal may have thousands of contracts; each is a way. */
    static final int MOST_WAYS = 200;

    private final FutureDeal deal;

    private boolean left;

    Repairs(FutureDeal deal) {
        this.deal = deal;
    }

    /** Whether ways were left out because there were too many. */
    boolean leftSome() {
        return left;
    }

    /** The ways to make a condition hold that does not hold after some facts. */
    List<Additions> of(Condition condition, Additions added, ConditionEvaluator now) {
        return switch (condition) {
            case Condition.All all ->
                all.of().stream()
                        .filter(part -> !now.holds(part))
                        .flatMap(part -> of(part, added, now).stream())
                        .toList();
            case Condition.Any any ->
                any.of().stream().flatMap(part -> of(part, added, now).stream()).toList();
            case Condition.Ever ever -> List.of(deal.raised(deal.root, ever.status(), added));
            case Condition.Some some -> some(some.kind(), some.reached(), added);
            case Condition.Every every -> List.of(every(every, added));
            case Condition.For pair -> pair(pair, added);
        };
    }

    /** About how many facts are missing: 0 only if the condition holds. It decides what is tried first. */
    int estimate(Condition condition, Additions added, ConditionEvaluator now) {
        // A later status of an object that is in the set already is no further fact.
        return now.holds(condition) ? 0 : Math.max(1, more(condition, added, now));
    }

    private int more(Condition condition, Additions added, ConditionEvaluator now) {
        return switch (condition) {
            case Condition.All all ->
                all.of().stream().mapToInt(part -> estimate(part, added, now)).sum();
            case Condition.Any any ->
                any.of().stream()
                        .mapToInt(part -> estimate(part, added, now))
                        .min()
                        .orElse(1);
            case Condition.Ever _, Condition.Some _ -> 1;
            case Condition.Every every -> laggards(every, added).size();
            case Condition.For pair ->
                pair(pair, added).stream()
                        .mapToInt(way -> way.size() - added.size())
                        .min()
                        .orElse(1);
        };
    }

    private List<Additions> some(ObjectKind kind, String reached, Additions added) {
        List<Additions> ways = new ArrayList<>();
        if (!kind.equals(ObjectKind.DEAL)) {
            ways.add(deal.raised(deal.newObject(kind, deal.root, added), reached, added));
        }
        for (ObjectKey object : deal.live(kind, added)) {
            ways.add(deal.raised(object, reached, added));
        }
        return bounded(ways);
    }

    private Additions every(Condition.Every every, Additions added) {
        SortedMap<ObjectKey, List<String>> statuses = new TreeMap<>(added.statuses());
        laggards(every, added).forEach(object -> deal.raise(object, every.reached(), statuses));
        return new Additions(statuses);
    }

    private List<ObjectKey> laggards(Condition.Every every, Additions added) {
        return deal.live(every.kind(), added).stream()
                .filter(it -> deal.isAtOrPast(it, added, every.among()) && !deal.isAtOrPast(it, added, every.reached()))
                .toList();
    }

    private List<Additions> pair(Condition.For pair, Additions added) {
        List<Additions> ways = new ArrayList<>();
        if (!pair.kind().equals(ObjectKind.DEAL)) {
            addWays(pair, deal.newObject(pair.kind(), deal.root, added), added, ways);
        }
        for (ObjectKey borne : deal.live(pair.kind(), added)) {
            addWays(pair, borne, added, ways);
        }
        return bounded(ways);
    }

    /** The ways to make the condition hold by one object on which the others bear. */
    private void addWays(Condition.For pair, ObjectKey borne, Additions added, List<Additions> ways) {
        Additions way =
                deal.isAtOrPast(borne, added, pair.reached()) ? added : deal.raised(borne, pair.reached(), added);
        List<ObjectKey> bearing = deal.live(pair.bearing(), way).stream()
                .filter(it -> deal.bearsOn(it, borne, pair.kind()))
                .toList();
        List<ObjectKey> withStatus =
                bearing.stream().filter(it -> deal.status(it, way) != null).toList();
        if (!withStatus.isEmpty()) {
            SortedMap<ObjectKey, List<String>> statuses = new TreeMap<>(way.statuses());
            withStatus.stream()
                    .filter(it -> !deal.isAtOrPast(it, way, pair.every()))
                    .forEach(it -> deal.raise(it, pair.every(), statuses));
            ways.add(new Additions(statuses));
            return;
        }
        if (!pair.bearing().equals(ObjectKind.DEAL)) {
            ways.add(deal.raised(deal.newObject(pair.bearing(), borne, way), pair.every(), way));
        }
        // What has no status does not bear on anything yet.
        bearing.forEach(it -> ways.add(deal.raised(it, pair.every(), way)));
    }

    private List<Additions> bounded(List<Additions> ways) {
        if (ways.size() <= MOST_WAYS) {
            return ways;
        }
        left = true;
        ways.sort(Comparator.comparingInt(Additions::size));
        return ways.subList(0, MOST_WAYS);
    }
}
