package io.masterdeal.benchmarks.measure;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long calls took, and how many failed. Thread-safe. */
public final class Latencies {

    private static final long NANOS_PER_MICRO = 1000;

    private final Histogram micros = new ConcurrentHistogram(3);

    private final AtomicLong failed = new AtomicLong();

    /**
     * Records one that succeeded.
     *
     * @param nanos how long it took; negative counts as 0
     */
    public void record(long nanos) {
        micros.recordValue(Math.max(0, nanos / NANOS_PER_MICRO));
    }

    /** Records one that failed. */
    public void fail() {
        failed.incrementAndGet();
    }

    /** How many failed. */
    public long failed() {
        return failed.get();
    }

    /** How many have succeeded. */
    public long count() {
        return micros.getTotalCount();
    }

    /** What has been recorded so far. */
    public Percentiles percentiles() {
        return Percentiles.of(micros);
    }
}
