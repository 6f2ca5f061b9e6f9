package io.masterdeal.model.sla;

import java.time.DayOfWeek;
import java.util.Map;

/**
 * The working hours of each weekday.
 *
 * @param days weekdays that are left out have no work
 */
public record WorkingWeek(Map<DayOfWeek, WorkingDay> days) {

    /** Copies the map. */
    public WorkingWeek {
        days = Map.copyOf(days);
    }

    WorkingDay day(DayOfWeek weekday) {
        return days.getOrDefault(weekday, WorkingDay.NONE);
    }
}
