package io.masterdeal.model.sla;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the working time of a calendar. Instants are milliseconds since 1970-01-01T00:00Z, spans are half-open. There is no working
 * time before that instant and none from 2200-01-01T00:00Z on, so that every sum is finite (calendar ruling 4).
 *
 * <p>Blocks of 32 days are made when they are first asked for, and kept: they depend on nothing but the calendar.
 */
final class WorkingTime {

    /** What {@link #reach} answers if the working time does not suffice. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long FIRST = 0;

    private static final long LAST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private static final long DAY = Duration.ofDays(1).toMillis();

    private static final int DAYS_OF_A_BLOCK = 32;

    private static final long BLOCK = DAYS_OF_A_BLOCK * DAY;

    private static final int BLOCKS = Math.toIntExact((LAST + BLOCK - 1) / BLOCK);

    /** Null if every instant is working time. */
    private final SlaCalendar.@Nullable WorkingHours calendar;

    private final AtomicReferenceArray<@Nullable Block> blocks;

    WorkingTime(SlaCalendar calendar) {
        this.calendar = calendar instanceof SlaCalendar.WorkingHours hours ? hours : null;
        this.blocks = new AtomicReferenceArray<>(this.calendar == null ? 0 : BLOCKS);
    }

    private record Span(long from, long to) {}

    /** The spans of working time in a block, in order, and how much they are together. */
    private record Block(List<Span> spans, long total) {}

    /** How much working time there is from one instant to another, in milliseconds; 0 if the second is not the later one. */
    long between(long from, long to) {
        long begin = Math.max(from, FIRST);
        long end = Math.min(to, LAST);
        if (begin >= end) {
            return 0;
        }
        if (calendar == null) {
            return end - begin;
        }
        long sum = 0;
        int last = (int) ((end - 1) / BLOCK);
        for (int n = (int) (begin / BLOCK); n <= last; n++) {
            Block block = block(calendar, n);
            if (n * BLOCK >= begin && (n + 1) * BLOCK <= end) {
                sum += block.total;
            } else {
                for (Span span : block.spans) {
                    sum += Math.max(0, Math.min(span.to, end) - Math.max(span.from, begin));
                }
            }
        }
        return sum;
    }

    /**
     * The first instant at which so much working time has passed.
     *
     * @param from where to begin
     * @param amount milliseconds, more than 0
     * @return {@link #NEVER} if there is not so much
     */
    long reach(long from, long amount) {
        long begin = Math.max(from, FIRST);
        if (calendar == null) {
            return begin + amount <= LAST ? begin + amount : NEVER;
        }
        long left = amount;
        for (int n = (int) Math.min(begin / BLOCK, BLOCKS); n < BLOCKS; n++) {
            Block block = block(calendar, n);
            if (n * BLOCK >= begin && block.total < left) {
                left -= block.total;
                continue;
            }
            for (Span span : block.spans) {
                long start = Math.max(span.from, begin);
                if (start < span.to) {
                    if (left <= span.to - start) {
                        return start + left;
                    }
                    left -= span.to - start;
                }
            }
        }
        return NEVER;
    }

    private Block block(SlaCalendar.WorkingHours hours, int n) {
        Block known = blocks.get(n);
        if (known != null) {
            return known;
        }
        // A local date may begin a day before or after that of UTC.
        List<Span> found = new ArrayList<>();
        for (long day = (long) n * DAYS_OF_A_BLOCK - 1; day <= (long) (n + 1) * DAYS_OF_A_BLOCK; day++) {
            addDay(hours, LocalDate.ofEpochDay(day), found);
        }
        Block made = clipped(found, n * BLOCK, Math.min((n + 1) * BLOCK, LAST));
        blocks.set(n, made);
        return made;
    }

    /** An hour that occurs twice counts twice, one that does not occur counts nothing (calendar ruling 3). */
    private static void addDay(SlaCalendar.WorkingHours calendar, LocalDate date, List<Span> found) {
        WorkingDay day = calendar.on(date);
        if (day.hours().isEmpty()) {
            return;
        }
        long midnight = date.toEpochDay() * DAY; // As if the zone were UTC.
        ZoneRules zone = calendar.zone().getRules();
        long begin = midnight - DAY;
        long stop = midnight + 2 * DAY;
        while (begin < stop) {
            Instant at = Instant.ofEpochMilli(begin);
            long offset = zone.getOffset(at).getTotalSeconds() * 1000L;
            ZoneOffsetTransition next = zone.nextTransition(at);
            long end = next == null ? stop : Math.min(stop, next.toEpochSecond() * 1000L);
            for (WorkingDay.Hours hours : day.hours()) {
                long from = Math.max(begin, midnight + hours.from() * MINUTE - offset);
                long to = Math.min(end, midnight + hours.to() * MINUTE - offset);
                if (from < to) {
                    found.add(new Span(from, to));
                }
            }
            begin = end;
        }
    }

    /** Sorted; those that touch or overlap become one. */
    private static Block clipped(List<Span> spans, long lowest, long highest) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort((one, other) -> Long.compare(one.from, other.from));
        List<Span> merged = new ArrayList<>();
        long total = 0;
        for (Span span : sorted) {
            long from = Math.max(span.from, merged.isEmpty() ? lowest : Math.max(lowest, merged.getLast().to));
            long to = Math.min(span.to, highest);
            if (from < to) {
                total += to - from;
                if (!merged.isEmpty() && merged.getLast().to == from) {
                    merged.set(merged.size() - 1, new Span(merged.getLast().from, to));
                } else {
                    merged.add(new Span(from, to));
                }
            }
        }
        return new Block(List.copyOf(merged), total);
    }
}
