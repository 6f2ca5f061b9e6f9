package io.masterdeal.service.sla;

import io.masterdeal.model.sla.SlaCalendar;
import java.util.Map;

/**
 * The calendars that this process makes clocks with, as it read them at its start.
 *
 * @param byName by the name under which policies know them
 */
record CalendarsInUse(Map<String, SlaCalendar> byName) {

    /** Copies the map. */
    CalendarsInUse {
        byName = Map.copyOf(byName);
    }
}
