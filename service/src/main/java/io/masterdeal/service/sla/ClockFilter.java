package io.masterdeal.service.sla;

import io.masterdeal.role.http.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Which clocks are wanted; null means any.
 *
 * @param policies the names of their policies, all known
 * @param all whether these are all policies
 * @param segment the segment by which they are measured
 * @param state of the clock
 * @param atRisk whether only those at risk
 * @param client the business field of the deal
 * @param dueBefore only open ones that are due before
 * @param breachedFrom only those breached then or later
 * @param breachedTo only those breached before
 */
record ClockFilter(
        List<String> policies,
        boolean all,
        @Nullable String segment,
        @Nullable String state,
        boolean atRisk,
        @Nullable String client,
        @Nullable Instant dueBefore,
        @Nullable Instant breachedFrom,
        @Nullable Instant breachedTo) {

    /** Checks the period. */
    ClockFilter {
        if (breachedFrom != null && breachedTo != null && breachedTo.isBefore(breachedFrom)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a period", "'breached_to' is not before 'breached_from'.");
        }
    }

    /** The order of the clocks, which is that of the index in which they are found. */
    ClockOrder order() {
        if (breachedFrom != null || breachedTo != null) {
            return ClockOrder.BREACHED;
        }
        return dueBefore != null ? ClockOrder.DUE : ClockOrder.KEY;
    }

    /** Whether an index finds exactly these clocks in the order of their keys. */
    boolean isByStateIndex() {
        return order() == ClockOrder.KEY && client == null && !atRisk && (!all || segment != null || state != null);
    }
}
