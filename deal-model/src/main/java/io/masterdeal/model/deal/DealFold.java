package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of one deal into its answer. Which facts these are is decided before: those of the root and of every
 * object that reaches it. One fold is for one thread.
 *
 * <p>The result depends on the set of facts only. A fact that is strictly the newest and adds no link can be {@link
 * #append appended} at a cost that does not depend on how many facts came before.
 */
public final class DealFold {

    private static final Comparator<Fact> BY_TIME = Comparator.comparing(Fact::occurredAt);

    private final ObjectKey root;

    private final RuleSet rules;

    private final Set<ObjectKind> kindsRead;

    private final SortedMap<ObjectKey, Set<ObjectKey>> members;

    private final StatusView view;

    private final Judge judge;

    private final Map<ObjectKey, CurrentStatus> current = new HashMap<>();

    private final List<TimelineStep> timeline = new ArrayList<>();

    private int facts;

    private @Nullable Instant lastInstant;

    private DealFold(ObjectKey root, RuleSet rules, SortedMap<ObjectKey, Set<ObjectKey>> members) {
        this.root = root;
        this.rules = rules;
        this.kindsRead = rules.kindsRead();
        this.members = members;
        this.view = new StatusView(rules, new Bearings(members));
        this.judge = new Judge(view);
    }

    /**
     * Folds all facts of a deal.
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without the retracted
     */
    public static DealFold of(ObjectKey root, RuleSet rules, Collection<Fact> facts) {
        return of(root, rules, facts, new LinksWithin());
    }

    /**
     * Folds all facts of one of several deals that have facts in common.
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without the retracted
     * @param links the same for all of these deals
     */
    public static DealFold of(ObjectKey root, RuleSet rules, Collection<Fact> facts, LinksWithin links) {
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        for (Fact fact : facts) {
            members.computeIfAbsent(fact.subject(), _ -> new HashSet<>()).addAll(links.of(root, fact));
        }
        DealFold fold = new DealFold(root, rules, members);
        List<Fact> sorted = new ArrayList<>(facts);
        sorted.sort(BY_TIME.thenComparing(Fact.BY_VERSION));
        Map<ObjectKey, Fact> newest = new HashMap<>();
        for (int i = 0; i < sorted.size(); ) {
            Instant at = sorted.get(i).occurredAt();
            boolean changed = false;
            for (; i < sorted.size() && sorted.get(i).occurredAt().equals(at); i++) {
                Fact fact = sorted.get(i);
                if (fact.status() != null) {
                    boolean first = fold.rememberEver(fact, fact.status());
                    Fact before = newest.get(fact.subject());
                    boolean newer = before == null || Fact.BY_VERSION.compare(fact, before) > 0;
                    if (newer) {
                        newest.put(fact.subject(), fact);
                        fold.setCurrent(fact, fact.status());
                    }
                    changed |= (first || newer) && fold.isRead(fact);
                }
            }
            if (changed) {
                fold.step(at);
            }
            fold.lastInstant = at;
        }
        fold.facts = sorted.size();
        return fold;
    }

    /**
     * Goes on from a kept state.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was made
     */
    public static DealFold resume(ObjectKey root, RuleSet rules, DealState state) {
        // What an object belongs to is never changed by what is appended, so these sets are not copied.
        DealFold fold = new DealFold(root, rules, new TreeMap<>(state.members()));
        fold.facts = state.facts();
        fold.lastInstant = state.lastInstant();
        fold.current.putAll(state.current());
        state.current().forEach(fold.view::put);
        fold.view.ever.putAll(state.ever());
        fold.timeline.addAll(state.timeline());
        return fold;
    }

    /**
     * Folds one more fact, if that can be done without the older ones: it is strictly newer in time than all of them,
     * and about an object that the deal has, to which it adds no link, or about one that is new altogether. An object whose
     * first fact this is had no status at any earlier instant, and its links lead from nothing older to anything, so it
     * changes nothing of the past.
     *
     * @param fact not yet part of this fold; if the deal does not have its object yet, the first fact of that object
     * @return false if it cannot; then nothing has changed, and the caller folds all facts again
     */
    public boolean append(Fact fact) {
        Set<ObjectKey> parents = members.get(fact.subject());
        Set<ObjectKey> links = new LinksWithin().of(root, fact);
        if (parents == null ? isLinkedTo(fact.subject()) : !parents.containsAll(links)) {
            return false;
        }
        if (lastInstant != null && !fact.occurredAt().isAfter(lastInstant)) {
            return false;
        }
        CurrentStatus before = current.get(fact.subject());
        int order = before == null ? 1 : fact.version().compareTo(before.version());
        if (fact.status() != null && order == 0) {
            return false; // Two contents under one event id: only the contents tell which is newer.
        }
        members.putIfAbsent(fact.subject(), links);
        if (fact.status() != null) {
            boolean first = rememberEver(fact, fact.status());
            if (order > 0) {
                setCurrent(fact, fact.status());
            }
            if ((order > 0 || first) && isRead(fact)) {
                step(fact.occurredAt());
            }
        }
        lastInstant = fact.occurredAt();
        facts++;
        return true;
    }

    /** Whether an object of the deal belongs to another one, so that what that one belongs to concerns its past. */
    private boolean isLinkedTo(ObjectKey key) {
        return members.values().stream().anyMatch(parents -> parents.contains(key));
    }

    /** The answer now, with the finding of every stage. */
    public Deal answer() {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Stage each : rules.stages()) {
            findings.put(each.name(), judge.explain(each.when()));
        }
        return answer(findings);
    }

    /** The answer now, with no other finding than that of the stage it is in: cheaper, where nobody asks why not. */
    public Deal brief() {
        return answer(Map.of());
    }

    private Deal answer(Map<String, Finding> findings) {
        String stage = Stage.NONE;
        List<String> unmet = new ArrayList<>();
        int gaps = 0;
        Map<String, Finding> told = findings;
        for (Stage each : rules.stages()) {
            if (judge.holds(each.when())) {
                stage = each.name();
                gaps = unmet.size();
                told = findings.isEmpty() ? Map.of(stage, judge.explain(each.when())) : findings;
            } else {
                unmet.add(each.name());
            }
        }
        SortedMap<ObjectKey, @Nullable CurrentStatus> objects = new TreeMap<>();
        members.keySet().forEach(key -> objects.put(key, current.get(key)));
        return new Deal(root, stage, outcome(stage), unmet.subList(0, gaps), timeline, facts, objects, told);
    }

    /** What to keep in order to {@link #resume}. */
    public DealState state() {
        return new DealState(
                facts,
                lastInstant,
                Collections.unmodifiableSortedMap(members),
                new HashMap<>(current),
                new HashMap<>(view.ever),
                List.copyOf(timeline));
    }

    private boolean rememberEver(Fact fact, String status) {
        if (!fact.subject().equals(root)) {
            return false;
        }
        Version version = fact.version();
        Version before = view.ever.get(status);
        if (before != null && Judge.EARLIEST.compare(before, version) <= 0) {
            return false;
        }
        view.ever.put(status, version);
        return before == null;
    }

    private void setCurrent(Fact fact, String status) {
        CurrentStatus now = new CurrentStatus(status, fact.version());
        current.put(fact.subject(), now);
        view.put(fact.subject(), now);
    }

    private boolean isRead(Fact fact) {
        return kindsRead.contains(fact.subject().kind());
    }

    /** Writes down the stage after all facts of an instant, if it is another one than before. */
    private void step(Instant at) {
        String before = timeline.isEmpty() ? Stage.NONE : timeline.getLast().stage();
        String now = Stage.NONE;
        for (Stage stage : rules.stages().reversed()) {
            if (judge.holds(stage.when())) {
                now = stage.name();
                break;
            }
        }
        int change = rules.rank(now) - rules.rank(before);
        if (change != 0) {
            Direction direction = change > 0 ? Direction.FORWARD : Direction.BACKWARD;
            Stream<Condition> deciding = change > 0 ? condition(now) : Stream.concat(condition(now), condition(before));
            timeline.add(new TimelineStep(
                    now,
                    at,
                    direction,
                    Judge.union(deciding.map(it -> judge.explain(it).evidence()))));
        }
    }

    private Stream<Condition> condition(String stage) {
        return rules.stages().stream().filter(it -> it.name().equals(stage)).map(Stage::when);
    }

    private Outcome outcome(String stage) {
        CurrentStatus status = current.get(root);
        StatusModel statuses = rules.statuses(ObjectKind.DEAL);
        Outcome said = status == null ? null : statuses.outcomes().get(status.status());
        if (said != null) {
            return said;
        }
        return stage.equals(rules.finalStage().name()) ? Outcome.WON : Outcome.OPEN;
    }
}
