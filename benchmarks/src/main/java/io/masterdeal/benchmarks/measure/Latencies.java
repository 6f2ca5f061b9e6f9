package io.masterdeal.benchmarks.measure;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, and how many came to nothing. Thread-safe. */
public final class Latencies {

    private static final long NANOS_PER_MICRO = 1000;

    private final Histogram micros = new ConcurrentHistogram(3);

    private final AtomicLong failed = new AtomicLong();

    /**
     * Notes one that came to its end.
     *
     * @param nanos how long it took; less than nothing counts as nothing
     */
    public void record(long nanos) {
        micros.recordValue(Math.max(0, nanos / NANOS_PER_MICRO));
    }

    /** Notes one that came to nothing. */
    public void fail() {
        failed.incrementAndGet();
    }

    /** How many came to nothing. */
    public long failed() {
        return failed.get();
    }

    /** How many have succeeded. */
    public long count() {
        return micros.getTotalCount();
    }

    /** What was noted so far. */
    public Percentiles percentiles() {
        return Percentiles.of(micros);
    }
}
