package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a clock starts, pauses and ends, and how long it may take.
 *
 * @param name what it measures, {@code brief-to-offer}
 * @param title the same for people; null if there is none
 * @param per a clock for each object of this kind; null for one clock of the deal
 * @param when what starts, pauses and ends a cycle
 * @param target how much working time a cycle may take, and by which calendar
 * @param warnings whole percents of the target, rising
 * @param segmentAt which instant decides the segment
 * @param segments other targets; the first that fits holds
 * @param endToEnd whether its breach is the deal's breach
 * @param escalation who is told
 */
public record SlaPolicy(
        String name,
        @Nullable String title,
        @Nullable ObjectKind per,
        Cycle when,
        Target target,
        List<Integer> warnings,
        SegmentAt segmentAt,
        List<Segment> segments,
        boolean endToEnd,
        SlaEscalation escalation) {

    /** The segment of a cycle that fits none of a policy's own. */
    public static final String DEFAULT_SEGMENT = "default";

    /** The domain of clocks that concern no system in particular. */
    public static final String OWN_DOMAIN = "masterdeal";

    /** Copies the lists. */
    public SlaPolicy {
        warnings = List.copyOf(warnings);
        segments = List.copyOf(segments);
    }

    /** Who its clocks concern: the owner in its escalation, else the domain of its kind of object, else {@code masterdeal}. */
    public String domain() {
        if (escalation.owner() != null) {
            return escalation.owner();
        }
        return per == null ? OWN_DOMAIN : per.domain();
    }

    /**
     * The conditions of a cycle.
     *
     * @param start begins one
     * @param pause while it holds, no time is counted; null for never
     * @param stop ends one as done
     * @param cancel ends one as not needed any more; null for never
     * @param onOutcome what a lost or cancelled deal does to it
     * @param reopen what follows if it could start again after it has ended
     */
    public record Cycle(
            SlaCondition start,
            @Nullable SlaCondition pause,
            SlaCondition stop,
            @Nullable SlaCondition cancel,
            OnOutcome onOutcome,
            Reopen reopen) {}

    /**
     * How much working time.
     *
     * @param amount 0 s to 87,600 h, whole milliseconds
     * @param calendar the name of a calendar; null for wall time
     */
    public record Target(Duration amount, @Nullable String calendar) {}

    /**
     * Another target for some cycles.
     *
     * @param name any but {@code default}
     * @param when which cycles; null for all
     * @param target the whole target, with what is inherited from the policy
     */
    public record Segment(String name, @Nullable SlaCondition when, Target target) {}

    /** What a lost or cancelled deal does to an open cycle. */
    public enum OnOutcome {
        /** It is cancelled. */
        CANCEL,
        /** It is stopped. */
        STOP,
        /** Nothing. */
        IGNORE
    }

    /** What follows when a clock could start again. */
    public enum Reopen {
        /** Another cycle, from zero. */
        NEW,
        /** The same cycle goes on. */
        CONTINUE,
        /** Nothing: the first cycle was the only one. */
        NEVER
    }

    /** Which instant decides the segment of a cycle. */
    public enum SegmentAt {
        /** That of its start. */
        START,
        /** The last one up to its end. */
        LATEST
    }
}
