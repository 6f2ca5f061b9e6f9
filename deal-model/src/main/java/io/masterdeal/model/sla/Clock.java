package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One clock while the facts are folded: it starts, pauses and ends cycles (rulings 7 to 13). */
final class Clock {

    final SlaPolicy policy;

    final @Nullable ObjectKey object;

    private final List<CycleRun> cycles = new ArrayList<>();

    /** Whether the start held, and whether the stop held, at the instant before. */
    private boolean startHeld;

    private boolean stopHeld;

    /** How many cycles there were before the first of these; they have ended. */
    private final int before;

    Clock(SlaPolicy policy, @Nullable ObjectKey object) {
        this(policy, object, 0);
    }

    private Clock(SlaPolicy policy, @Nullable ObjectKey object, int before) {
        this.policy = policy;
        this.object = object;
        this.before = before;
    }

    /** Continues a kept clock that {@link #fits} the policy. */
    static Clock resumed(SlaPolicy policy, KeptClocks.Kept kept) {
        Clock clock = new Clock(policy, kept.object(), kept.ended());
        clock.startHeld = kept.startHeld();
        clock.stopHeld = kept.stopHeld();
        if (kept.last() != null) {
            clock.cycles.add(new CycleRun(kept.last()));
        }
        return clock;
    }

    /**
     * Whether a kept clock can be one of a policy.
     *
     * @param at when it was kept, ms
     */
    static boolean fits(SlaPolicy policy, KeptClocks.Kept kept, long at) {
        ObjectKey object = kept.object();
        KeptClocks.Cycle last = kept.last();
        boolean ofKind = policy.per() == null ? object == null : object != null && object.is(policy.per());
        return ofKind
                && kept.ended() >= 0
                && (last == null
                        ? kept.ended() == 0
                        : last.startedAt() <= at
                                && last.segment() >= 0
                                && last.segment() <= policy.segments().size());
    }

    KeptClocks.Kept kept() {
        return new KeptClocks.Kept(
                policy.name(),
                object,
                startHeld,
                stopHeld,
                before + Math.max(0, cycles.size() - 1),
                cycles.isEmpty() ? null : cycles.getLast().kept());
    }

    /** Whether it is as it was before its first instant. */
    boolean isUntouched() {
        return cycles.isEmpty() && !startHeld && !stopHeld;
    }

    /** In order of time; of a kept clock the last one before that, and those since then. */
    List<CycleRun> cycles() {
        return cycles;
    }

    /**
     * The number of a cycle, from 1.
     *
     * @param place its place among {@link #cycles}, from 0
     */
    int number(int place) {
        return before + place + 1;
    }

    /** Whether a cycle that started at that instant, ms, is not among {@link #cycles} because it had ended before this was kept. */
    boolean hasEnded(long startedAt) {
        return before > 0 && startedAt < cycles.getFirst().started;
    }

    /** One step an instant, in this order: stop, cancel, pause, start. */
    void step(ClockView view) {
        long at = view.deal().at().toEpochMilli();
        SlaPolicy.Cycle when = policy.when();
        boolean givenUp = view.deal().outcome() == Outcome.LOST || view.deal().outcome() == Outcome.CANCELLED;
        boolean starts = view.holds(when.start(), at);
        boolean stops = view.holds(when.stop(), at) || (when.onOutcome() == SlaPolicy.OnOutcome.STOP && givenUp);
        boolean cancels = holds(view, when.cancel(), at) || (when.onOutcome() == SlaPolicy.OnOutcome.CANCEL && givenUp);
        CycleRun last = cycles.isEmpty() ? null : cycles.getLast();
        if (last != null && last.isOpen()) {
            if (stops) {
                last.stop(at);
            } else if (cancels) {
                last.cancel(at);
            } else {
                last.pause(at, holds(view, when.pause(), at));
            }
            if (policy.segmentAt() == SlaPolicy.SegmentAt.LATEST) {
                last.segment = segment(view, last.started);
            }
        } else if (starts && !cancels) {
            begin(view, at, stops, last);
        }
        startHeld = starts;
        stopHeld = stops;
    }

    private void begin(ClockView view, long at, boolean stops, @Nullable CycleRun last) {
        SlaPolicy.Reopen reopen = policy.when().reopen();
        if (last != null && reopen == SlaPolicy.Reopen.NEVER) {
            return;
        }
        if (!stops && last != null && reopen == SlaPolicy.Reopen.CONTINUE) {
            last.resume(at, holds(view, policy.when().pause(), at));
            if (policy.segmentAt() == SlaPolicy.SegmentAt.LATEST) {
                last.segment = segment(view, last.started);
            }
        } else if (!stops) {
            add(view, at).pause(at, holds(view, policy.when().pause(), at));
        } else if (!startHeld && !stopHeld && (last == null || reopen == SlaPolicy.Reopen.NEW)) {
            add(view, at).stop(at); // Begun and done at one instant (ruling 10).
        }
    }

    private CycleRun add(ClockView view, long at) {
        CycleRun cycle = new CycleRun(at);
        cycle.segment = segment(view, at);
        cycles.add(cycle);
        return cycle;
    }

    private int segment(ClockView view, long startedAt) {
        List<SlaPolicy.Segment> segments = policy.segments();
        for (int i = 0; i < segments.size(); i++) {
            SlaCondition when = segments.get(i).when();
            if (when == null || view.holds(when, startedAt)) {
                return i;
            }
        }
        return segments.size();
    }

    private static boolean holds(ClockView view, @Nullable SlaCondition condition, long at) {
        return condition != null && view.holds(condition, at);
    }
}
