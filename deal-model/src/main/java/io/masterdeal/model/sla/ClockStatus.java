package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaReport.NoDue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one cycle of a clock stands at one instant: what a {@link SlaReport} says of it, without what grows with every instant.
 *
 * @param policy the name of its policy
 * @param object whose clock it is; null for the deal's own
 * @param cycle its number among the cycles of the clock, from 1
 * @param endToEnd whether its breach is the deal's
 * @param domain who it concerns ({@link SlaPolicy#domain})
 * @param state how it stands; never {@link SlaState#NOT_STARTED}
 * @param segment the segment by whose target it is measured
 * @param calendar the name of its calendar; null for wall time
 * @param target how much working time it may take, in milliseconds
 * @param startedAt when it began; with policy and object this names the cycle
 * @param stoppedAt when it was done; null if it was not
 * @param cancelledAt when it was cancelled; null if it was not
 * @param spent how much working time it took, in milliseconds; null while it is open
 * @param dueAt when the target is spent; null if that is not known
 * @param noDue why it is not known; null if it is
 * @param warnings the warnings passed, in order
 * @param breachedAt when it was breached; null if it was not
 */
public record ClockStatus(
        String policy,
        @Nullable ObjectKey object,
        int cycle,
        boolean endToEnd,
        String domain,
        SlaState state,
        String segment,
        @Nullable String calendar,
        long target,
        Instant startedAt,
        @Nullable Instant stoppedAt,
        @Nullable Instant cancelledAt,
        @Nullable Long spent,
        @Nullable Instant dueAt,
        @Nullable NoDue noDue,
        List<SlaReport.Warning> warnings,
        @Nullable Instant breachedAt) {

    /** Copies the list. */
    public ClockStatus {
        warnings = List.copyOf(warnings);
    }

    /** Whether it was neither stopped nor cancelled. */
    public boolean isOpen() {
        return stoppedAt == null && cancelledAt == null;
    }

    /** Whether it is open and not breached, and a warning was passed. */
    public boolean isAtRisk() {
        return isOpen() && breachedAt == null && !warnings.isEmpty();
    }

    /** Whether another cycle is one of the same clock. */
    boolean isOfClock(ClockStatus other) {
        return policy.equals(other.policy) && (object == null ? other.object == null : object.equals(other.object));
    }
}
