package io.masterdeal.model.sla;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The working time of each calendar, by its name. */
final class WorkingTimes {

    private static final WorkingTime WALL_TIME = new WorkingTime(new SlaCalendar.AroundTheClock());

    private final Map<String, WorkingTime> byName = new HashMap<>();

    WorkingTimes(Map<String, SlaCalendar> calendars) {
        calendars.forEach((name, calendar) -> byName.put(name, new WorkingTime(calendar)));
    }

    /**
     * That of a calendar.
     *
     * @param calendar its name, which has been checked; null for wall time
     */
    WorkingTime of(@Nullable String calendar) {
        return calendar == null ? WALL_TIME : Objects.requireNonNull(byName.get(calendar), calendar);
    }
}
