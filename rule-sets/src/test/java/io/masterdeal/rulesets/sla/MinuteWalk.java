package io.masterdeal.rulesets.sla;

import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.model.sla.WorkingDay;
import io.masterdeal.model.sla.WorkingWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a cycle in the most stupid way: from its start it goes minute by minute, and asks of each whether it is working time.
 * It shares nothing with the function but the values.
 */
final class MinuteWalk {

    private static final long MINUTE = 60_000;

    private static final long LAST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

    /** How far beyond the end of a cycle it looks for the due time. */
    private static final long HORIZON = Duration.ofDays(100).toMillis();

    private final @Nullable SlaCalendar calendar;

    private final SlaReport.Cycle cycle;

    private final long end;

    MinuteWalk(@Nullable SlaCalendar calendar, SlaReport.Cycle cycle, Instant now) {
        this.calendar = calendar;
        this.cycle = cycle;
        Instant stopped = cycle.stoppedAt() == null ? cycle.cancelledAt() : cycle.stoppedAt();
        this.end = (stopped == null ? now : stopped).toEpochMilli();
    }

    /** How much was spent up to the end, and when so much was spent: of the amounts those that were. */
    record Walked(long spent, Map<Long, Long> reached) {}

    Walked walk(List<Long> amounts) {
        Map<Long, Long> reached = new HashMap<>();
        amounts.stream().filter(amount -> amount == 0).forEach(amount -> reached.put(amount, start()));
        TreeSet<Long> cuts = new TreeSet<>(List.of(end, 0L, LAST));
        for (SlaReport.Pause pause : cycle.paused()) {
            cuts.add(pause.from().toEpochMilli());
            if (pause.to() != null) {
                cuts.add(pause.to().toEpochMilli());
            }
        }
        long total = 0;
        long spent = 0;
        for (long at = start(); at < end || (at < end + HORIZON && reached.size() < amounts.size()); ) {
            long next = Math.floorDiv(at, MINUTE) * MINUTE + MINUTE;
            Long cut = cuts.higher(at);
            long until = cut == null ? next : Math.min(next, cut);
            if (isWorking(at) && (at >= end || !isPaused(at))) {
                for (long amount : amounts) {
                    if (!reached.containsKey(amount) && total + until - at >= amount) {
                        reached.put(amount, at + amount - total);
                    }
                }
                total += until - at;
                if (at < end) {
                    spent = total;
                }
            }
            at = until;
        }
        return new Walked(spent, reached);
    }

    private long start() {
        return cycle.startedAt().toEpochMilli();
    }

    private boolean isPaused(long at) {
        return cycle.paused().stream()
                .anyMatch(pause -> pause.from().toEpochMilli() <= at
                        && (pause.to() == null || at < pause.to().toEpochMilli()));
    }

    private boolean isWorking(long at) {
        if (at < 0 || at >= LAST) {
            return false;
        }
        if (!(calendar instanceof SlaCalendar.WorkingHours hours)) {
            return true;
        }
        ZonedDateTime local = Instant.ofEpochMilli(at).atZone(hours.zone());
        int minute = local.getHour() * 60 + local.getMinute();
        return minutes(hours, local.toLocalDate()).contains(minute);
    }

    /** The working minutes of a local date, the last of them taken away if the day is shortened. */
    private static List<Integer> minutes(SlaCalendar.WorkingHours calendar, LocalDate date) {
        WorkingWeek week = calendar.week();
        for (Map.Entry<LocalDate, WorkingWeek> other : calendar.weeks().entrySet()) {
            if (!other.getKey().isAfter(date)) {
                week = other.getValue();
            }
        }
        WorkingDay day;
        if (calendar.hours().containsKey(date)) {
            day = calendar.hours().get(date);
        } else if (calendar.moved().containsKey(date)) {
            day = week.days().getOrDefault(calendar.moved().get(date), WorkingDay.NONE);
        } else if (calendar.holidays().contains(date)) {
            day = WorkingDay.NONE;
        } else {
            day = week.days().getOrDefault(date.getDayOfWeek(), WorkingDay.NONE);
        }
        List<Integer> minutes = new ArrayList<>();
        for (WorkingDay.Hours span : day.hours()) {
            for (int minute = span.from(); minute < span.to(); minute++) {
                minutes.add(minute);
            }
        }
        int less = Math.min(minutes.size(), calendar.shortened().getOrDefault(date, 0));
        return minutes.subList(0, minutes.size() - less);
    }
}
