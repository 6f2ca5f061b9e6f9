package io.masterdeal.model.sla;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Which instants are working time. */
public sealed interface SlaCalendar {

    /** Every instant is. */
    record AroundTheClock() implements SlaCalendar {}

    /**
     * An instant is working time if its local time of day lies in the working hours of its local date (calendar ruling 1).
     *
     * @param zone whose local time counts
     * @param week the week from the beginning on
     * @param weeks another week from that date on
     * @param holidays dates without work
     * @param moved dates that work as that weekday of the week in force, even if they are holidays
     * @param shortened by how many minutes less is worked on that date, off its end
     * @param hours dates with exactly these hours
     */
    record WorkingHours(
            ZoneId zone,
            WorkingWeek week,
            NavigableMap<LocalDate, WorkingWeek> weeks,
            Set<LocalDate> holidays,
            Map<LocalDate, DayOfWeek> moved,
            Map<LocalDate, Integer> shortened,
            Map<LocalDate, WorkingDay> hours)
            implements SlaCalendar {

        /**
         * Copies the collections.
         *
         * @throws IllegalArgumentException if a date is shortened by less than nothing
         */
        public WorkingHours {
            weeks = Collections.unmodifiableNavigableMap(new TreeMap<>(weeks));
            holidays = Set.copyOf(holidays);
            moved = Map.copyOf(moved);
            shortened = Map.copyOf(shortened);
            hours = Map.copyOf(hours);
            if (shortened.values().stream().anyMatch(minutes -> minutes < 0)) {
                throw new IllegalArgumentException("a day is shortened by no less than 0 minutes");
            }
        }

        /** The working hours of a local date (calendar ruling 2). */
        WorkingDay on(LocalDate date) {
            Map.Entry<LocalDate, WorkingWeek> changed = weeks.floorEntry(date);
            WorkingWeek inForce = changed == null ? week : changed.getValue();
            WorkingDay day = hours.get(date);
            if (day == null) {
                if (moved.containsKey(date)) {
                    day = inForce.day(moved.get(date));
                } else {
                    day = holidays.contains(date) ? WorkingDay.NONE : inForce.day(date.getDayOfWeek());
                }
            }
            int less = shortened.getOrDefault(date, 0);
            return less == 0 ? day : day.shortenedBy(less);
        }
    }
}
