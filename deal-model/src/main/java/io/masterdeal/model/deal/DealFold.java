package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of one deal into its answer. The caller selects the facts: those of the root and of every object that reaches
 * it. Not thread-safe.
 *
 * <p>The result depends only on the set of facts. A fact that is strictly the newest and adds no link can be {@link
 * #append appended} at a cost independent of the number of earlier facts, and a late fact can often be {@link #ofLatest folded
 * with only the facts after it}.
 */
public final class DealFold {

    static final Comparator<Fact> BY_TIME = Comparator.comparing(Fact::occurredAt);

    private final ObjectKey root;

    private final SortedMap<ObjectKey, Set<ObjectKey>> members;

    private final TimelineFold run;

    private DealFold(
            ObjectKey root,
            RuleSet rules,
            SortedMap<ObjectKey, Set<ObjectKey>> members,
            @Nullable FoldListener listener) {
        this.root = root;
        this.members = members;
        this.run = new TimelineFold(root, rules, new Reachability(members), listener);
    }

    /**
     * Folds all facts of a deal.
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without retracted ones
     */
    public static DealFold of(ObjectKey root, RuleSet rules, Collection<Fact> facts) {
        return of(root, rules, facts, new DealLinks(), null);
    }

    /**
     * Folds all facts of one of several deals that share facts.
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without retracted ones
     * @param links the same instance for all of these deals
     * @param late the time of a fact that arrived late, near which to make checkpoints for further late facts; null for none
     */
    public static DealFold of(
            ObjectKey root, RuleSet rules, Collection<Fact> facts, DealLinks links, @Nullable Instant late) {
        return of(root, rules, facts, links, late, null);
    }

    /**
     * The same, with a listener.
     *
     * @param listener is shown every fact, every instant and every checkpoint; null for none
     */
    public static DealFold of(
            ObjectKey root,
            RuleSet rules,
            Collection<Fact> facts,
            DealLinks links,
            @Nullable Instant late,
            @Nullable FoldListener listener) {
        return of(root, rules, facts, links, late, listener, CheckpointSpacing.DEFAULT);
    }

    static DealFold of(
            ObjectKey root,
            RuleSet rules,
            Collection<Fact> facts,
            DealLinks links,
            @Nullable Instant late,
            @Nullable FoldListener listener,
            CheckpointSpacing spacing) {
        DealFold fold = new DealFold(root, rules, members(root, facts, links), listener);
        List<Fact> sorted = sorted(facts);
        fold.run.foldAll(sorted, late == null ? new TreeSet<>() : new TreeSet<>(spacing.places(sorted, late)));
        return fold;
    }

    /**
     * Folds the facts that occurred up to an instant. Links have no time, so those of later facts count as well (ruling 6).
     *
     * @param root the key of the deal
     * @param facts each once, in any order, without the retracted
     * @param now the last instant that counts
     * @param listener is shown every instant at which a fact occurred
     */
    public static DealFold upTo(
            ObjectKey root, RuleSet rules, Collection<Fact> facts, Instant now, FoldListener listener) {
        DealFold fold = new DealFold(root, rules, members(root, facts, new DealLinks()), listener);
        fold.run.foldAll(
                sorted(facts.stream()
                        .filter(fact -> !fact.occurredAt().isAfter(now))
                        .toList()),
                new TreeSet<>());
        return fold;
    }

    private static SortedMap<ObjectKey, Set<ObjectKey>> members(
            ObjectKey root, Collection<Fact> facts, DealLinks links) {
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        for (Fact fact : facts) {
            members.computeIfAbsent(fact.subject(), _ -> new HashSet<>()).addAll(links.of(root, fact));
        }
        return members;
    }

    /**
     * The instant after which all facts are needed to fold late ones into a kept state with {@link #ofLatest}.
     *
     * @param added facts that are not yet part of the state; at least one
     * @return null if all facts of the deal are needed
     */
    public static @Nullable Instant neededAfter(DealState state, Collection<Fact> added) {
        Checkpoint base = CheckpointSpacing.before(added, state);
        return base == null ? null : base.at();
    }

    /**
     * Folds the latest facts of a deal, some of which arrived late, again from the checkpoint before them. The answer equals the
     * answer for all its facts.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was computed
     * @param added facts that are not in the state yet; for an object that is new to the deal, all its facts must be among them
     * @param latest all facts after the instant that {@link #neededAfter} returns, including the added ones
     * @return null if all facts of the deal are needed
     */
    public static @Nullable DealFold ofLatest(
            ObjectKey root, RuleSet rules, DealState state, Collection<Fact> added, Collection<Fact> latest) {
        return ofLatest(root, rules, state, added, latest, null);
    }

    /**
     * The same, with a listener.
     *
     * @param listener is shown the facts after the instant that {@link #neededAfter} returns, their instants and the checkpoints
     *     after it; null for none. If the result is null, it was shown some of them, or none
     */
    public static @Nullable DealFold ofLatest(
            ObjectKey root,
            RuleSet rules,
            DealState state,
            Collection<Fact> added,
            Collection<Fact> latest,
            @Nullable FoldListener listener) {
        return ofLatest(root, rules, state, added, latest, listener, CheckpointSpacing.DEFAULT);
    }

    static @Nullable DealFold ofLatest(
            ObjectKey root,
            RuleSet rules,
            DealState state,
            Collection<Fact> added,
            Collection<Fact> latest,
            @Nullable FoldListener listener,
            CheckpointSpacing spacing) {
        Checkpoint base = CheckpointSpacing.before(added, state);
        if (base == null || base.facts() + latest.size() != state.facts() + added.size()) {
            return null;
        }
        DealFold fold = new DealFold(root, rules, new TreeMap<>(state.members()), listener);
        for (Fact fact : added) {
            Set<ObjectKey> links = new DealLinks().of(root, fact);
            if (!fold.leavesThePast(fact, links)) {
                return null;
            }
            fold.members.putIfAbsent(fact.subject(), links);
        }
        fold.run.restore(base, state.timeline());
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
        if (!fold.run.foldAll(sorted, marks)) {
            return null;
        }
        List<Checkpoint> kept = spacing.kept(fold.run.checkpoints, base, place, state.checkpoints());
        fold.run.checkpoints.clear();
        fold.run.checkpoints.addAll(kept);
        return fold;
    }

    private static List<Fact> sorted(Collection<Fact> facts) {
        List<Fact> sorted = new ArrayList<>(facts);
        sorted.sort(BY_TIME.thenComparing(Fact.BY_VERSION));
        return sorted;
    }

    /**
     * Resumes from a kept state.
     *
     * @param root the key of the deal
     * @param rules the rule set with which the state was computed
     */
    public static DealFold resume(ObjectKey root, RuleSet rules, DealState state) {
        return resume(root, rules, state, null);
    }

    /**
     * The same, with a listener.
     *
     * @param listener is shown every fact that is {@link #append appended}, and its instant; null for none
     */
    public static DealFold resume(ObjectKey root, RuleSet rules, DealState state, @Nullable FoldListener listener) {
        // Appending never changes the links of an object, so these sets are not copied.
        DealFold fold = new DealFold(root, rules, new TreeMap<>(state.members()), listener);
        fold.run.restore(state);
        return fold;
    }

    /**
     * Folds one more fact, if that is possible without the older ones. The fact must be strictly later than all of them, and either
     * add no link to an object that the deal has, or be the first fact of an object that is new to the deal and to which no other
     * object is linked. Such a new object had no status at any earlier instant, and no older object reaches anything through it,
     * so it does not change the past.
     *
     * @param fact not yet part of this fold; if the deal does not have its object yet, the first fact of that object
     * @return false if it is not possible; then nothing has changed, and the caller has to fold all facts again
     */
    public boolean append(Fact fact) {
        Set<ObjectKey> links = new DealLinks().of(root, fact);
        if (!leavesThePast(fact, links) || !run.isNewest(fact)) {
            return false;
        }
        members.putIfAbsent(fact.subject(), links);
        return run.foldAll(List.of(fact), Collections.emptyNavigableSet());
    }

    /**
     * Whether a fact does not affect the time before it: it adds no link to an object that the deal has, or is about a new object to
     * which no other is linked.
     */
    private boolean leavesThePast(Fact fact, Set<ObjectKey> links) {
        Set<ObjectKey> parents = members.get(fact.subject());
        return parents == null ? !isLinkedTo(fact.subject()) : parents.containsAll(links);
    }

    /** Whether an object of the deal is linked to this one, so that its links would affect the past. */
    private boolean isLinkedTo(ObjectKey key) {
        return members.values().stream().anyMatch(parents -> parents.contains(key));
    }

    /** The current answer, with the finding of every stage. */
    public Deal answer() {
        return answer(true);
    }

    /** The current answer, with only the finding of the current stage. Cheaper than {@link #answer()}. */
    public Deal brief() {
        return answer(false);
    }

    private Deal answer(boolean withAllFindings) {
        StageFinder.Found found = run.stages.find(withAllFindings);
        SortedMap<ObjectKey, @Nullable CurrentStatus> objects = new TreeMap<>();
        members.keySet().forEach(key -> objects.put(key, run.view.current.get(key)));
        return new Deal(
                root,
                found.stage(),
                run.stages.outcome(run.view.current.get(root), found.stage()),
                found.gaps(),
                run.timeline,
                run.facts(),
                objects,
                found.findings());
    }

    /** What to keep in order to {@link #resume}. */
    public DealState state() {
        return new DealState(
                run.facts(),
                run.lastInstant(),
                Collections.unmodifiableSortedMap(members),
                new HashMap<>(run.view.current),
                new HashMap<>(run.view.ever),
                List.copyOf(run.timeline),
                List.copyOf(run.checkpoints));
    }
}
