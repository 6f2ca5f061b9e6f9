package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.TimelineStep;
import io.masterdeal.model.rules.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What one cycle has spent, by stage, and when its warnings and its target are reached (rulings 14 to 20). */
final class CycleArithmetic {

    private static final int PERCENT = 100;

    private final SlaPolicy policy;

    private final CycleRun cycle;

    private final long now;

    private final String segment;

    private final SlaPolicy.Target target;

    private final WorkingTime time;

    /** The spans that count, up to the end. */
    private final List<Span> counting = new ArrayList<>();

    private record Span(long from, long to, long amount) {}

    CycleArithmetic(SlaPolicy policy, CycleRun cycle, long now, WorkingTimes times) {
        this.policy = policy;
        this.cycle = cycle;
        this.now = now;
        boolean own = cycle.segment == policy.segments().size();
        this.segment = own
                ? SlaPolicy.DEFAULT_SEGMENT
                : policy.segments().get(cycle.segment).name();
        this.target =
                own ? policy.target() : policy.segments().get(cycle.segment).target();
        this.time = times.of(target.calendar());
        long at = cycle.started;
        for (KeptClocks.Span off : cycle.off()) {
            count(at, Math.min(off.from(), end()));
            at = off.to() == CycleRun.OPEN ? end() : off.to();
        }
        count(at, end());
    }

    private void count(long from, long to) {
        if (from < to) {
            counting.add(new Span(from, to, time.between(from, to)));
        }
    }

    private long end() {
        return cycle.isOpen() ? now : cycle.ended();
    }

    /** What does not depend on the stages of the deal. */
    private record Standing(
            SlaState state,
            @Nullable Instant dueAt,
            SlaReport.@Nullable NoDue noDue,
            List<SlaReport.Warning> warnings,
            @Nullable Instant breachedAt) {}

    private Standing standing(PriorityQueue<Long> ahead) {
        long amount = target.amount().toMillis();
        List<SlaReport.Warning> warnings = new ArrayList<>();
        for (int percent : policy.warnings()) {
            long mark = mark(Math.ceilDiv(amount * percent, PERCENT));
            if (isPassed(mark)) {
                warnings.add(new SlaReport.Warning(percent, Instant.ofEpochMilli(mark)));
            }
            addAhead(mark, ahead);
        }
        long due = mark(amount);
        addAhead(due, ahead);
        boolean breached = isPassed(due);
        SlaReport.NoDue noDue = breached ? null : noDue(due);
        return new Standing(
                state(breached),
                noDue == null ? Instant.ofEpochMilli(due) : null,
                noDue,
                warnings,
                breached ? Instant.ofEpochMilli(due) : null);
    }

    /**
     * The report of this cycle.
     *
     * @param timeline the steps of the deal's stage
     * @param ahead takes the instants after now at which it changes of itself
     */
    SlaReport.Cycle report(List<TimelineStep> timeline, PriorityQueue<Long> ahead) {
        Standing standing = standing(ahead);
        return new SlaReport.Cycle(
                standing.state,
                segment,
                target.calendar(),
                target.amount().toMillis(),
                Instant.ofEpochMilli(cycle.started),
                instant(cycle.stopped()),
                instant(cycle.cancelled()),
                cycle.off().stream()
                        .map(off -> new SlaReport.Pause(Instant.ofEpochMilli(off.from()), instant(off.to())))
                        .toList(),
                spent(),
                attribution(timeline),
                standing.dueAt,
                standing.noDue,
                standing.warnings,
                standing.breachedAt);
    }

    /**
     * The short report of this cycle.
     *
     * @param object whose clock it is; null for the deal's own
     * @param number its number among the cycles of its clock, from 1
     * @param ahead takes the instants after now at which it changes of itself
     */
    ClockStatus status(@Nullable ObjectKey object, int number, PriorityQueue<Long> ahead) {
        Standing standing = standing(ahead);
        return new ClockStatus(
                policy.name(),
                object,
                number,
                policy.endToEnd(),
                policy.domain(),
                standing.state,
                segment,
                target.calendar(),
                target.amount().toMillis(),
                Instant.ofEpochMilli(cycle.started),
                instant(cycle.stopped()),
                instant(cycle.cancelled()),
                cycle.isOpen() ? null : spent(),
                standing.dueAt,
                standing.noDue,
                standing.warnings,
                standing.breachedAt);
    }

    private long spent() {
        long sum = 0;
        for (Span span : counting) {
            sum += span.amount;
        }
        return sum;
    }

    private SlaState state(boolean breached) {
        if (cycle.cancelled() != CycleRun.OPEN) {
            return SlaState.CANCELLED;
        }
        if (breached) {
            return SlaState.BREACHED;
        }
        if (cycle.stopped() != CycleRun.OPEN) {
            return SlaState.MET;
        }
        return cycle.isPaused() ? SlaState.PAUSED : SlaState.RUNNING;
    }

    private SlaReport.@Nullable NoDue noDue(long due) {
        if (cycle.cancelled() != CycleRun.OPEN) {
            return SlaReport.NoDue.CANCELLED;
        }
        if (cycle.isOrEndedPaused()) {
            return SlaReport.NoDue.PAUSED;
        }
        return due == WorkingTime.NEVER ? SlaReport.NoDue.NO_WORKING_TIME : null;
    }

    /** The first instant at which so much is spent, if it runs on from its end; never if it is paused and has not come so far. */
    private long mark(long amount) {
        if (amount == 0) {
            return cycle.started;
        }
        long left = amount;
        for (Span span : counting) {
            if (left <= span.amount) {
                return time.reach(span.from, left);
            }
            left -= span.amount;
        }
        return cycle.isPaused() ? WorkingTime.NEVER : time.reach(end(), left);
    }

    private boolean isPassed(long mark) {
        return mark <= now && (cycle.isOpen() || mark < cycle.ended());
    }

    private void addAhead(long mark, PriorityQueue<Long> ahead) {
        if (cycle.isOpen() && !cycle.isPaused() && mark > now && mark != WorkingTime.NEVER) {
            ahead.add(mark);
        }
    }

    private Map<String, Long> attribution(List<TimelineStep> timeline) {
        Map<String, Long> byStage = new HashMap<>();
        for (Span span : counting) {
            if (span.amount == 0) {
                continue;
            }
            String stage = Stage.NONE;
            long from = span.from;
            for (TimelineStep step : timeline) {
                long at = step.effectiveAt().toEpochMilli();
                if (at >= span.to) {
                    break;
                }
                if (at > from) {
                    byStage.merge(stage, time.between(from, at), Long::sum);
                    from = at;
                }
                stage = step.stage();
            }
            byStage.merge(stage, time.between(from, span.to), Long::sum);
        }
        byStage.values().removeIf(spent -> spent == 0);
        return byStage;
    }

    private static @Nullable Instant instant(long ms) {
        return ms == CycleRun.OPEN ? null : Instant.ofEpochMilli(ms);
    }
}
