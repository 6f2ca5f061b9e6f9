package io.masterdeal.role.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/**
 * The distribution of durations over a span of time up to now. It consists of parts of equal length; the oldest is forgotten when a
 * new one begins. Safe for use by many threads.
 */
final class RollingHistogram {

    /** Longer durations are counted as this. */
    static final long LONGEST_MS = Duration.ofDays(30).toMillis();

    /** Two digits: a value is off by at most 1 %. */
    private static final int DIGITS = 2;

    private final long partMs;

    private final List<Part> parts = new ArrayList<>();

    private static final class Part {
        private final Histogram histogram = new PackedHistogram(LONGEST_MS, DIGITS);
        private long number = Long.MIN_VALUE;
    }

    /**
     * @param span how long a duration is remembered
     * @param parts how many parts the span has
     */
    RollingHistogram(Duration span, int parts) {
        this.partMs = span.toMillis() / parts;
        for (int i = 0; i < parts; i++) {
            this.parts.add(new Part());
        }
    }

    /**
     * Counts durations.
     *
     * @param nowMs the present instant, in ms since 1970
     * @param ms the durations; negative ones count as 0
     */
    synchronized void record(long nowMs, long... ms) {
        long number = Math.floorDiv(nowMs, partMs);
        Part part = parts.get((int) Math.floorMod(number, (long) parts.size()));
        if (part.number != number) {
            part.histogram.reset();
            part.number = number;
        }
        for (long each : ms) {
            part.histogram.recordValue(Math.clamp(each, 0, LONGEST_MS));
        }
    }

    /** The durations of the span that ends at an instant, in ms since 1970. A copy. */
    synchronized Histogram until(long nowMs) {
        long last = Math.floorDiv(nowMs, partMs);
        Histogram sum = new PackedHistogram(LONGEST_MS, DIGITS);
        parts.stream()
                .filter(part -> part.number > last - parts.size() && part.number <= last)
                .forEach(part -> sum.add(part.histogram));
        return sum;
    }
}
