package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds the facts of one deal in the order of their times: the statuses of its objects, and the steps of its stage. */
final class TimelineFold {

    final StatusView view;

    final StageFinder stages;

    final List<TimelineStep> timeline = new ArrayList<>();

    final List<Checkpoint> checkpoints = new ArrayList<>();

    private final ObjectKey root;

    private final Set<ObjectKind> kindsRead;

    private final ConditionEvaluator evaluator;

    private final @Nullable FoldListener listener;

    private int facts;

    private @Nullable Instant lastInstant;

    TimelineFold(ObjectKey root, RuleSet rules, Reachability reachability, @Nullable FoldListener listener) {
        this.root = root;
        this.kindsRead = rules.kindsRead();
        this.view = new StatusView(rules, reachability);
        this.evaluator = new ConditionEvaluator(view);
        this.stages = new StageFinder(rules, evaluator);
        this.listener = listener;
    }

    /** Continues after all facts of a state. */
    void restore(DealState state) {
        facts = state.facts();
        lastInstant = state.lastInstant();
        view.restore(state.current(), state.ever());
        timeline.addAll(state.timeline());
        checkpoints.addAll(state.checkpoints());
    }

    /**
     * Continues after a checkpoint.
     *
     * @param steps the whole timeline of the deal
     */
    void restore(Checkpoint checkpoint, List<TimelineStep> steps) {
        facts = checkpoint.facts();
        lastInstant = checkpoint.at();
        view.restore(checkpoint.current(), checkpoint.ever());
        timeline.addAll(steps.subList(0, checkpoint.steps()));
    }

    /** Number of facts so far. */
    int facts() {
        return facts;
    }

    /** The time of the newest of them; null if there is none. */
    @Nullable
    Instant lastInstant() {
        return lastInstant;
    }

    /** Whether a fact is strictly later than all so far, and can be folded without them. */
    boolean isNewest(Fact fact) {
        return (lastInstant == null || fact.occurredAt().isAfter(lastInstant))
                && (fact.status() == null || order(fact, null) != null);
    }

    /**
     * Folds facts that are all later than those folded so far.
     *
     * @param sorted by time, those of one instant by version
     * @param marks the instants after which to make a checkpoint
     * @return false if this needs the earlier facts; this fold must then be discarded
     */
    boolean foldAll(List<Fact> sorted, NavigableSet<Instant> marks) {
        Map<ObjectKey, Fact> newest = new HashMap<>();
        int checked = facts;
        for (int i = 0; i < sorted.size(); ) {
            Instant at = sorted.get(i).occurredAt();
            while (!marks.isEmpty() && marks.first().isBefore(at)) {
                Instant mark = marks.removeFirst();
                if (facts > checked) {
                    addCheckpoint(mark);
                    checked = facts;
                }
            }
            boolean changed = false;
            boolean anyStatus = false;
            for (; i < sorted.size() && sorted.get(i).occurredAt().equals(at); i++, facts++) {
                Fact fact = sorted.get(i);
                if (fact.status() != null) {
                    Integer order = order(fact, newest.get(fact.subject()));
                    if (order == null) {
                        return false;
                    }
                    if (order > 0) {
                        newest.put(fact.subject(), fact);
                    }
                    boolean news = putStatus(fact, fact.status(), order);
                    anyStatus |= news;
                    changed |= news && kindsRead.contains(fact.subject().kind());
                }
                if (listener != null) {
                    listener.onFact(fact);
                }
            }
            if (changed) {
                step(at);
            }
            lastInstant = at;
            show(at, anyStatus);
        }
        return true;
    }

    private void addCheckpoint(Instant at) {
        checkpoints.add(new Checkpoint(at, facts, view.current, view.ever, timeline.size()));
        if (listener != null) {
            listener.onCheckpoint(at);
        }
    }

    /**
     * Compares a fact with the newest fact of its object so far.
     *
     * @param before the newest one folded in this run; null if there is none, then the kept state decides
     * @return null if only the contents decide and the content of the kept fact is unknown
     */
    private @Nullable Integer order(Fact fact, @Nullable Fact before) {
        if (before != null) {
            return Fact.BY_VERSION.compare(fact, before);
        }
        CurrentStatus kept = view.current.get(fact.subject());
        if (kept == null) {
            return 1;
        }
        int order = fact.version().compareTo(kept.version());
        return order == 0 ? null : (Integer) order;
    }

    /**
     * Folds a status.
     *
     * @param order more than 0 if the fact is newer than every other about its object
     * @return whether it is the current one now, or one that the root had for the first time
     */
    private boolean putStatus(Fact fact, String status, int order) {
        boolean first = fact.subject().equals(root) && view.rememberEver(fact, status);
        if (order > 0) {
            view.put(fact.subject(), new CurrentStatus(status, fact.version()));
        }
        return first || order > 0;
    }

    private void show(Instant at, boolean changed) {
        if (listener != null) {
            String stage = stage();
            listener.onInstant(new DealInstant(
                    view, evaluator, at, stage, stages.outcome(view.current.get(root), stage), changed));
        }
    }

    /** The stage of the last step. */
    private String stage() {
        return timeline.isEmpty() ? Stage.NONE : timeline.getLast().stage();
    }

    /** Adds a step to the timeline if the stage has changed after all facts of an instant. */
    private void step(Instant at) {
        TimelineStep step = stages.step(stage(), at);
        if (step != null) {
            timeline.add(step);
        }
    }
}
