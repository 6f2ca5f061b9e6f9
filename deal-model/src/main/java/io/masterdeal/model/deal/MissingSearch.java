package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds which future facts would make the condition of a stage hold. It repairs what does not hold, evaluates the whole condition
 * again, and leaves out every fact that is not needed. The sets with the fewest facts are tried first, and the work is bounded:
 * "all" of several "any" has a number of alternatives that is a product.
 */
public final class MissingSearch {

    /** How many alternatives are named. */
    public static final int MOST_ALTERNATIVES = 20;

    private static final int MOST_FOUND = 200;

    /** How many statuses are looked at: some 100 ms. */
    private static final long MOST_WORK = 3_000_000;

    private static final int MOST_STEPS = 100;

    /** Up to here every subset is evaluated. */
    private static final int ALL_SUBSETS = 10;

    /** Up to here, of larger sets, the subsets without any two facts are evaluated. */
    private static final int ALL_PAIRS = 40;

    private final Condition condition;

    private final FutureDeal deal;

    private final Repairs repairs;

    private final Set<Additions> found = new LinkedHashSet<>();

    private boolean complete = true;

    private MissingSearch(Condition condition, FutureDeal deal) {
        this.condition = condition;
        this.deal = deal;
        this.repairs = new Repairs(deal);
    }

    /**
     * What is missing for a stage.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was computed
     * @param state of the deal
     * @param stage the name of a stage of the rule set, not {@code none}
     * @throws IllegalArgumentException if the rule set has no such stage
     */
    public static Missing of(ObjectKey root, RuleSet rules, DealState state, String stage) {
        Condition condition = rules.stages().stream()
                .filter(it -> it.name().equals(stage))
                .map(Stage::when)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no stage '" + stage + "'"));
        FutureDeal deal = new FutureDeal(root, rules, state, condition);
        if (deal.holds(Additions.NONE)) {
            return new Missing(true, List.of(), 0, true);
        }
        return new MissingSearch(condition, deal).run();
    }

    /**
     * A set of facts that may have to grow.
     *
     * @param expected about how many facts it needs in the end
     * @param text makes the order total
     */
    private record Attempt(Additions added, int size, int expected, String text) {}

    private Missing run() {
        PriorityQueue<Attempt> open = new PriorityQueue<>(Comparator.comparingInt(Attempt::expected)
                .thenComparing(Attempt::size, Comparator.reverseOrder())
                .thenComparing(Attempt::text, Utf8Order.INSTANCE));
        Set<Additions> seen = new HashSet<>();
        open.add(new Attempt(Additions.NONE, 0, 0, ""));
        while (!open.isEmpty() && complete) {
            Additions added = open.remove().added();
            if (isKnown(added)) {
                continue;
            }
            List<Additions> ways = new ArrayList<>(repairs.of(condition, added, deal.after(added)));
            ways.sort(Comparator.comparingInt(Additions::size));
            for (Additions way : ways) {
                if (found.size() >= MOST_FOUND || deal.work() > MOST_WORK) {
                    complete = false;
                    break;
                }
                if (seen.add(way) && !isKnown(way)) {
                    evaluate(way, open);
                }
            }
        }
        if (found.isEmpty()) {
            straightOn();
        }
        return result();
    }

    private void evaluate(Additions way, PriorityQueue<Attempt> open) {
        int more = repairs.estimate(condition, way, deal.after(way));
        if (more == 0) {
            minimise(way);
        } else {
            int size = way.size();
            open.add(new Attempt(way, size, size + more, way.statuses().toString()));
        }
    }

    /** Names one alternative at least, when a deal is too large to try many. */
    private void straightOn() {
        Additions added = Additions.NONE;
        for (int i = 0; i < MOST_STEPS; i++) {
            ConditionEvaluator now = deal.after(added);
            if (now.holds(condition)) {
                minimise(added);
                return;
            }
            List<Additions> ways = repairs.of(condition, added, now);
            if (ways.isEmpty()) {
                return;
            }
            added = Collections.min(ways, Comparator.comparingInt(Additions::size));
        }
    }

    /** Whether a set has a smaller one in it that is enough. */
    private boolean isKnown(Additions added) {
        return found.stream().anyMatch(added::containsAll);
    }

    /** Notes the smallest sets within one that is enough. */
    private void minimise(Additions enough) {
        List<Additions.Single> facts = enough.singles();
        if (facts.size() > ALL_SUBSETS) {
            found.add(reduced(enough));
            return;
        }
        List<Integer> subsets = new ArrayList<>();
        for (int bits = 1; bits < (1 << facts.size()); bits++) {
            subsets.add(bits);
        }
        subsets.sort(Comparator.comparingInt(Integer::bitCount));
        for (int bits : subsets) {
            List<Additions.Single> some = new ArrayList<>();
            for (int i = 0; i < facts.size(); i++) {
                if ((bits & (1 << i)) != 0) {
                    some.add(facts.get(i));
                }
            }
            Additions subset = Additions.of(some);
            if (!isKnown(subset) && (some.size() == facts.size() || deal.holds(subset))) {
                found.add(subset);
            }
        }
    }

    /** One of the smallest sets within a large one. */
    private Additions reduced(Additions enough) {
        Additions left = enough;
        List<Additions.Single> facts = new ArrayList<>(enough.singles());
        for (int i = 0; i < facts.size(); ) {
            List<Additions.Single> spare = spare(left, facts, i);
            if (spare.isEmpty()) {
                i++;
            } else {
                left = left.without(spare);
                facts.removeAll(spare);
                i = 0;
            }
        }
        return left;
    }

    /** A fact that is not needed, alone or with one of those after it; empty if there is none. */
    private List<Additions.Single> spare(Additions enough, List<Additions.Single> facts, int first) {
        if (deal.holdsWithout(enough, facts.get(first))) {
            return List.of(facts.get(first));
        }
        int others = facts.size() > ALL_PAIRS ? 0 : facts.size();
        for (int other = first + 1; other < others; other++) {
            List<Additions.Single> some = List.of(facts.get(first), facts.get(other));
            if (deal.holds(enough.without(some))) {
                return some;
            }
        }
        return List.of();
    }

    private Missing result() {
        Set<List<MissingFact>> alternatives = new LinkedHashSet<>();
        found.forEach(it -> alternatives.add(facts(it)));
        List<List<MissingFact>> sorted = alternatives.stream()
                .sorted(Comparator.<List<MissingFact>>comparingInt(List::size)
                        .thenComparing(facts ->
                                facts.stream().filter(it -> it.newObject() > 0).count())
                        .thenComparing(
                                facts -> String.join(
                                        "\n",
                                        facts.stream()
                                                .map(MissingFact::describe)
                                                .toList()),
                                Utf8Order.INSTANCE))
                .limit(MOST_ALTERNATIVES)
                .toList();
        return new Missing(false, sorted, alternatives.size(), complete && !repairs.leftSome());
    }

    /** Existing objects before new ones, and a new one after the one to which it is linked. */
    private List<MissingFact> facts(Additions added) {
        List<MissingFact> facts = new ArrayList<>();
        Map<ObjectKey, Integer> numbers = new HashMap<>();
        added.singles().stream()
                .sorted(Comparator.comparingInt(it -> depth(it.object())))
                .forEach(it -> {
                    ObjectKey object = it.object();
                    ObjectKey link = deal.linkOf(object);
                    if (link == null) {
                        facts.add(new MissingFact(object.kind(), object, 0, it.status(), null, 0));
                        return;
                    }
                    numbers.put(object, numbers.size() + 1);
                    int linkToNew = numbers.getOrDefault(link, 0);
                    facts.add(new MissingFact(
                            object.kind(), null, numbers.size(), it.status(), linkToNew > 0 ? null : link, linkToNew));
                });
        return facts;
    }

    /** 0 for an existing object, 1 for a new one that is linked to it, and so on. */
    private int depth(ObjectKey object) {
        ObjectKey link = deal.linkOf(object);
        return link == null ? 0 : 1 + depth(link);
    }
}
