package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one deal at one instant: a function of its facts, the rule set, the policies and the calendars alone.
 *
 * @param root the key of the CRM deal
 * @param stage at that instant
 * @param outcome at that instant
 * @param clocks in the order of the policies; those of one policy by object
 * @param nextAt the next instant at which the report changes of itself, but for what grows; null if there is none (ruling 21)
 */
public record SlaReport(
        ObjectKey root,
        String stage,
        Outcome outcome,
        List<Clock> clocks,
        @Nullable Instant nextAt) {

    /** Copies the list. */
    public SlaReport {
        clocks = List.copyOf(clocks);
    }

    /**
     * One clock.
     *
     * @param policy the name of its policy
     * @param object whose clock it is; null for the deal's own
     * @param endToEnd whether its breach is the deal's
     * @param state that of its last cycle
     * @param cycles in order of time
     */
    public record Clock(
            String policy, @Nullable ObjectKey object, boolean endToEnd, SlaState state, List<Cycle> cycles) {

        /** Copies the list. */
        public Clock {
            cycles = List.copyOf(cycles);
        }
    }

    /**
     * One run of a clock. Amounts are working time in milliseconds.
     *
     * @param state how it stands
     * @param segment the segment by whose target it is measured
     * @param calendar the name of its calendar; null for wall time
     * @param target how much it may take
     * @param startedAt when it began
     * @param stoppedAt when it was done; null if it was not
     * @param cancelledAt when it was cancelled; null if it was not
     * @param paused the spans that do not count, in order
     * @param spent how much it took up to now
     * @param attribution the same by the stage of the deal; stages without any are left out
     * @param dueAt when the target is spent; null if that is not known
     * @param noDue why it is not known; null if it is
     * @param warnings the warnings passed, in order
     * @param breachedAt when it was breached; null if it was not
     */
    public record Cycle(
            SlaState state,
            String segment,
            @Nullable String calendar,
            long target,
            Instant startedAt,
            @Nullable Instant stoppedAt,
            @Nullable Instant cancelledAt,
            List<Pause> paused,
            long spent,
            Map<String, Long> attribution,
            @Nullable Instant dueAt,
            @Nullable NoDue noDue,
            List<Warning> warnings,
            @Nullable Instant breachedAt) {

        /** Copies the lists and the map. */
        public Cycle {
            paused = List.copyOf(paused);
            attribution = Map.copyOf(attribution);
            warnings = List.copyOf(warnings);
        }

        /** How much is left of the target, in milliseconds; less than 0 is the overrun. */
        public long remaining() {
            return target - spent;
        }
    }

    /**
     * A span that does not count.
     *
     * @param from when it began
     * @param to when it ended; null if it has not
     */
    public record Pause(Instant from, @Nullable Instant to) {}

    /**
     * A warning that was passed.
     *
     * @param percent of the target
     * @param at when so much was spent
     */
    public record Warning(int percent, Instant at) {}

    /** Why a cycle has no due time. */
    public enum NoDue {
        /** It was cancelled. */
        CANCELLED("cancelled"),
        /** It is paused, or was when it ended. */
        PAUSED("paused"),
        /** Its calendar has not enough time ahead. */
        NO_WORKING_TIME("no working time");

        private final String text;

        NoDue(String text) {
            this.text = text;
        }

        /** As reports have it. */
        public String text() {
            return text;
        }
    }
}
