package io.masterdeal.model.sla;

import java.util.ArrayList;
import java.util.List;

/**
 * The working hours of one local day.
 *
 * @param hours in order of time; those that touch become one
 */
public record WorkingDay(List<Hours> hours) {

    /** A day without work. */
    public static final WorkingDay NONE = new WorkingDay(List.of());

    private static final int MINUTES_OF_A_DAY = 24 * 60;

    /**
     * A span of local time, {@code [from, to)}.
     *
     * @param from minute of the day, from 0
     * @param to minute of the day, at most 1440, which is midnight
     */
    public record Hours(int from, int to) {

        /**
         * @throws IllegalArgumentException if the span is empty, or reaches beyond the day
         */
        public Hours {
            if (from < 0 || from >= to || to > MINUTES_OF_A_DAY) {
                throw new IllegalArgumentException(
                        "hours begin before they end, and end at 24:00 at the latest; those across midnight are two entries");
            }
        }
    }

    /**
     * @throws IllegalArgumentException if a span begins before the one before it ends
     */
    public WorkingDay {
        List<Hours> merged = new ArrayList<>();
        for (Hours next : hours) {
            Hours last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && next.from < last.to) {
                throw new IllegalArgumentException("hours begin after those before them have ended");
            }
            if (last != null && next.from == last.to) {
                merged.set(merged.size() - 1, new Hours(last.from, next.to));
            } else {
                merged.add(next);
            }
        }
        hours = List.copyOf(merged);
    }

    /**
     * The same with less time at its end, through several spans if need be.
     *
     * @param minutes how much less
     */
    WorkingDay shortenedBy(int minutes) {
        List<Hours> left = new ArrayList<>();
        int less = minutes;
        for (Hours span : hours.reversed()) {
            int cut = Math.min(less, span.to - span.from);
            less -= cut;
            if (span.from < span.to - cut) {
                left.addFirst(new Hours(span.from, span.to - cut));
            }
        }
        return new WorkingDay(left);
    }
}
