package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of one deal into its answer. Which facts these are is decided before: those of the root and of every
 * object that reaches it. One fold is for one thread.
 *
 * <p>The result depends on the set of facts only. A fact that is strictly the newest and adds no link can be {@link
 * #append appended} at a cost that does not depend on how many facts came before, and one that belongs between others can often be
 * {@link #ofLatest folded with the later ones} alone.
 */
public final class DealFold {

    static final Comparator<Fact> BY_TIME = Comparator.comparing(Fact::occurredAt);

    private final ObjectKey root;

    private final Set<ObjectKind> kindsRead;

    private final SortedMap<ObjectKey, Set<ObjectKey>> members;

    private final StatusView view;

    private final StageFinder stages;

    private final Map<ObjectKey, CurrentStatus> current = new HashMap<>();

    private final List<TimelineStep> timeline = new ArrayList<>();

    private final List<Checkpoint> checkpoints = new ArrayList<>();

    private int facts;

    private @Nullable Instant lastInstant;

    private DealFold(ObjectKey root, RuleSet rules, SortedMap<ObjectKey, Set<ObjectKey>> members) {
        this.root = root;
        this.kindsRead = rules.kindsRead();
        this.members = members;
        this.view = new StatusView(rules, new Reachability(members));
        this.stages = new StageFinder(rules, new ConditionEvaluator(view));
    }

    /**
     * Folds all facts of a deal.
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without the retracted
     */
    public static DealFold of(ObjectKey root, RuleSet rules, Collection<Fact> facts) {
        return of(root, rules, facts, new DealLinks(), null);
    }

    /**
     * Folds all facts of one of several deals that have facts in common.
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without the retracted
     * @param links the same for all of these deals
     * @param late the time of a fact that came late, near which the next late one may be; null if none is to be made ready for
     */
    public static DealFold of(
            ObjectKey root, RuleSet rules, Collection<Fact> facts, DealLinks links, @Nullable Instant late) {
        return of(root, rules, facts, links, late, CheckpointSpacing.DEFAULT);
    }

    static DealFold of(
            ObjectKey root,
            RuleSet rules,
            Collection<Fact> facts,
            DealLinks links,
            @Nullable Instant late,
            CheckpointSpacing spacing) {
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        for (Fact fact : facts) {
            members.computeIfAbsent(fact.subject(), _ -> new HashSet<>()).addAll(links.of(root, fact));
        }
        DealFold fold = new DealFold(root, rules, members);
        List<Fact> sorted = sorted(facts);
        fold.foldAll(sorted, late == null ? new TreeSet<>() : new TreeSet<>(spacing.places(sorted, late)));
        return fold;
    }

    /**
     * After which instant facts are needed to fold late ones into a kept state with {@link #ofLatest}.
     *
     * @param added not yet part of the state; one at least
     * @return null if all are
     */
    public static @Nullable Instant neededAfter(DealState state, Collection<Fact> added) {
        Checkpoint base = CheckpointSpacing.before(added, state);
        return base == null ? null : base.at();
    }

    /**
     * Folds the latest facts of a deal anew, of which some came late, from where it stood before them. The answer is that of all its
     * facts.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was made
     * @param added facts that are not in the state yet; if the deal does not have an object yet, the first facts of that object
     * @param latest all facts, the added ones among them, after the instant that {@link #neededAfter} gives
     * @return null if it takes all facts
     */
    public static @Nullable DealFold ofLatest(
            ObjectKey root, RuleSet rules, DealState state, Collection<Fact> added, Collection<Fact> latest) {
        return ofLatest(root, rules, state, added, latest, CheckpointSpacing.DEFAULT);
    }

    static @Nullable DealFold ofLatest(
            ObjectKey root,
            RuleSet rules,
            DealState state,
            Collection<Fact> added,
            Collection<Fact> latest,
            CheckpointSpacing spacing) {
        Checkpoint base = CheckpointSpacing.before(added, state);
        if (base == null || base.facts() + latest.size() != state.facts() + added.size()) {
            return null;
        }
        DealFold fold = new DealFold(root, rules, new TreeMap<>(state.members()));
        for (Fact fact : added) {
            Set<ObjectKey> links = new DealLinks().of(root, fact);
            if (!fold.leavesThePast(fact, links)) {
                return null;
            }
            fold.members.putIfAbsent(fact.subject(), links);
        }
        fold.facts = base.facts();
        fold.current.putAll(base.current());
        base.current().forEach(fold.view::put);
        fold.view.ever.putAll(base.ever());
        fold.timeline.addAll(state.timeline().subList(0, base.steps()));
        List<Fact> sorted = sorted(latest);
        NavigableSet<Instant> marks = new TreeSet<>();
        state.checkpoints().stream()
                .map(Checkpoint::at)
                .filter(at -> at.isAfter(base.at()))
                .forEach(marks::add);
        Instant place = spacing.place(sorted, CheckpointSpacing.earliest(added));
        if (place != null) {
            marks.add(place);
        }
        if (!fold.foldAll(sorted, marks)) {
            return null;
        }
        List<Checkpoint> kept = spacing.kept(fold.checkpoints, base, place, state.checkpoints());
        fold.checkpoints.clear();
        fold.checkpoints.addAll(kept);
        return fold;
    }

    private static List<Fact> sorted(Collection<Fact> facts) {
        List<Fact> sorted = new ArrayList<>(facts);
        sorted.sort(BY_TIME.thenComparing(Fact.BY_VERSION));
        return sorted;
    }

    /**
     * Folds facts that are all later than what is folded so far.
     *
     * @param marks the instants after which to make a checkpoint
     * @return false if they cannot be without the earlier ones; then this fold is of no use any more
     */
    private boolean foldAll(List<Fact> sorted, NavigableSet<Instant> marks) {
        Map<ObjectKey, Fact> newest = new HashMap<>();
        int checked = facts;
        for (int i = 0; i < sorted.size(); ) {
            Instant at = sorted.get(i).occurredAt();
            while (!marks.isEmpty() && marks.first().isBefore(at)) {
                Instant mark = marks.removeFirst();
                if (facts > checked) {
                    checkpoints.add(new Checkpoint(mark, facts, current, view.ever, timeline.size()));
                    checked = facts;
                }
            }
            boolean changed = false;
            for (; i < sorted.size() && sorted.get(i).occurredAt().equals(at); i++, facts++) {
                Fact fact = sorted.get(i);
                if (fact.status() != null) {
                    boolean first = rememberEver(fact, fact.status());
                    Integer order = order(fact, newest.get(fact.subject()));
                    if (order == null) {
                        return false;
                    }
                    if (order > 0) {
                        newest.put(fact.subject(), fact);
                        setCurrent(fact, fact.status());
                    }
                    changed |= (first || order > 0) && isRead(fact);
                }
            }
            if (changed) {
                step(at);
            }
            lastInstant = at;
        }
        return true;
    }

    /**
     * Which of two facts of an object is newer.
     *
     * @param before the newest so far of those that are folded here; null if there is none, which leaves the one of the kept state
     * @return null if only their contents would tell, and that of the kept one is not at hand
     */
    private @Nullable Integer order(Fact fact, @Nullable Fact before) {
        if (before != null) {
            return Fact.BY_VERSION.compare(fact, before);
        }
        CurrentStatus kept = current.get(fact.subject());
        if (kept == null) {
            return 1;
        }
        int order = fact.version().compareTo(kept.version());
        return order == 0 ? null : (Integer) order;
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
        fold.checkpoints.addAll(state.checkpoints());
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
        Set<ObjectKey> links = new DealLinks().of(root, fact);
        if (!leavesThePast(fact, links)) {
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

    /**
     * Whether a fact changes nothing of the time before it: it is about an object that the deal has, to which it adds no link, or about a
     * new one.
     */
    private boolean leavesThePast(Fact fact, Set<ObjectKey> links) {
        Set<ObjectKey> parents = members.get(fact.subject());
        return parents == null ? !isLinkedTo(fact.subject()) : parents.containsAll(links);
    }

    /** Whether an object of the deal belongs to another one, so that what that one belongs to concerns its past. */
    private boolean isLinkedTo(ObjectKey key) {
        return members.values().stream().anyMatch(parents -> parents.contains(key));
    }

    /** The answer now, with the finding of every stage. */
    public Deal answer() {
        return answer(true);
    }

    /** The answer now, with no other finding than that of the stage it is in: cheaper, where nobody asks why not. */
    public Deal brief() {
        return answer(false);
    }

    private Deal answer(boolean withAllFindings) {
        StageFinder.Found found = stages.find(withAllFindings);
        SortedMap<ObjectKey, @Nullable CurrentStatus> objects = new TreeMap<>();
        members.keySet().forEach(key -> objects.put(key, current.get(key)));
        return new Deal(
                root,
                found.stage(),
                stages.outcome(current.get(root), found.stage()),
                found.gaps(),
                timeline,
                facts,
                objects,
                found.findings());
    }

    /** What to keep in order to {@link #resume}. */
    public DealState state() {
        return new DealState(
                facts,
                lastInstant,
                Collections.unmodifiableSortedMap(members),
                new HashMap<>(current),
                new HashMap<>(view.ever),
                List.copyOf(timeline),
                List.copyOf(checkpoints));
    }

    private boolean rememberEver(Fact fact, String status) {
        if (!fact.subject().equals(root)) {
            return false;
        }
        Version version = fact.version();
        Version before = view.ever.get(status);
        if (before != null && ConditionEvaluator.EARLIEST.compare(before, version) <= 0) {
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
        TimelineStep step =
                stages.step(timeline.isEmpty() ? Stage.NONE : timeline.getLast().stage(), at);
        if (step != null) {
            timeline.add(step);
        }
    }
}
