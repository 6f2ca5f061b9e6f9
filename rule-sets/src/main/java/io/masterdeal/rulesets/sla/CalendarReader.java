package io.masterdeal.rulesets.sla;

import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.WorkingDay;
import io.masterdeal.model.sla.WorkingWeek;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a file of calendars. */
final class CalendarReader {

    private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();

    private static final Pattern HOURS =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final int MOST_DAYS = 400;

    private static final int MINUTES_OF_AN_HOUR = 60;

    private CalendarReader() {}

    private static Map<String, DayOfWeek> weekdays() {
        Map<String, DayOfWeek> days = new LinkedHashMap<>();
        List<String> names = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
        names.forEach(name -> days.put(name, DayOfWeek.of(days.size() + 1)));
        return days;
    }

    static Map<String, SlaCalendar> calendars(Part document) {
        Map<String, Part> fields = document.fields(Set.of("calendars", "title"));
        Map<String, SlaCalendar> calendars = new LinkedHashMap<>();
        document.field(fields, "calendars")
                .fields(Set.of())
                .forEach((name, part) -> calendars.put(name, calendar(part)));
        return calendars;
    }

    private static SlaCalendar calendar(Part part) {
        Map<String, Part> fields = part.fields(Set.of(
                "zone", "week", "weeks", "holidays", "moved", "shortened", "hours", "around_the_clock", "title"));
        Part always = fields.get("around_the_clock");
        if (always != null) {
            if (!always.bool()) {
                throw always.wrong("'around_the_clock' is true, or left out");
            }
            part.fields(Set.of("around_the_clock", "title"));
            return new SlaCalendar.AroundTheClock();
        }
        Set<LocalDate> holidays = new HashSet<>();
        if (fields.containsKey("holidays")) {
            part.field(fields, "holidays").items().forEach(item -> holidays.addAll(dates(item, item.string())));
        }
        Map<LocalDate, DayOfWeek> moved = new HashMap<>();
        byDate(fields, "moved").forEach((date, day) -> moved.put(date, weekday(day)));
        Map<LocalDate, Integer> shortened = new HashMap<>();
        byDate(fields, "shortened").forEach((date, less) -> shortened.put(date, minutes(less)));
        Map<LocalDate, WorkingDay> hours = new HashMap<>();
        byDate(fields, "hours").forEach((date, day) -> hours.put(date, day(day)));
        TreeMap<LocalDate, WorkingWeek> weeks = new TreeMap<>();
        byDate(fields, "weeks").forEach((date, week) -> weeks.put(date, week(week)));
        return new SlaCalendar.WorkingHours(
                zone(part.field(fields, "zone")),
                week(part.field(fields, "week")),
                weeks,
                holidays,
                moved,
                shortened,
                hours);
    }

    private static ZoneId zone(Part part) {
        String name = part.string();
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw part.wrong("zone '" + name + "' is not known; it is an IANA name such as Europe/Moscow");
        }
        return ZoneId.of(name);
    }

    private static WorkingWeek week(Part part) {
        Map<DayOfWeek, WorkingDay> days = new EnumMap<>(DayOfWeek.class);
        part.fields(WEEKDAYS.keySet()).forEach((name, day) -> days.put(WEEKDAYS.get(name), day(day)));
        return new WorkingWeek(days);
    }

    private static DayOfWeek weekday(Part part) {
        DayOfWeek day = WEEKDAYS.get(part.string());
        if (day == null) {
            throw part.wrong("'" + part.string() + "' is no weekday; they are " + WEEKDAYS.keySet());
        }
        return day;
    }

    private static WorkingDay day(Part part) {
        List<WorkingDay.Hours> hours = new ArrayList<>();
        for (Part item : part.isList() ? part.items() : List.of(part)) {
            Matcher form = HOURS.matcher(item.string());
            if (!form.matches()) {
                throw item.wrong("'" + item.string() + "' is no time of day like 09:00-13:00");
            }
            try {
                hours.add(new WorkingDay.Hours(
                        minute(form.group(1), form.group(2)), minute(form.group(3), form.group(4))));
            } catch (IllegalArgumentException e) {
                throw item.wrong("'" + item.string() + "': " + e.getMessage());
            }
        }
        try {
            return new WorkingDay(hours);
        } catch (IllegalArgumentException e) {
            throw part.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static int minute(String hour, String minute) {
        return Integer.parseInt(hour) * MINUTES_OF_AN_HOUR + Integer.parseInt(minute);
    }

    private static int minutes(Part part) {
        Duration less = DurationText.read(part);
        if (!less.equals(Duration.ofMinutes(less.toMinutes()))) {
            throw part.wrong("a day is shortened by whole minutes only");
        }
        return Math.toIntExact(less.toMinutes());
    }

    private static Map<LocalDate, Part> byDate(Map<String, Part> fields, String name) {
        Map<LocalDate, Part> dates = new LinkedHashMap<>();
        Part map = fields.get(name);
        if (map == null) {
            return dates;
        }
        map.fields(Set.of()).forEach((text, value) -> {
            Part key = map.key(text);
            if (!DATE.matcher(text).matches()) {
                throw key.wrong("'" + text + "' is not one date like 2026-04-30");
            }
            dates.put(date(key, text), value);
        });
        return dates;
    }

    private static Set<LocalDate> dates(Part part, String text) {
        int slash = text.indexOf('/');
        LocalDate first = date(part, slash < 0 ? text : text.substring(0, slash));
        LocalDate last = slash < 0 ? first : date(part, text.substring(slash + 1));
        if (last.isBefore(first) || last.toEpochDay() - first.toEpochDay() >= MOST_DAYS) {
            throw part.wrong("'" + text + "' is no range of at most " + MOST_DAYS + " days, the first before the last");
        }
        return new HashSet<>(first.datesUntil(last.plusDays(1)).toList());
    }

    private static LocalDate date(Part part, String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw part.wrong("there is no date '" + text + "'");
        }
        throw part.wrong(
                "'" + text + "' is no date like 2026-04-30, nor a first and a last one like 2026-01-01/2026-01-11");
    }
}
