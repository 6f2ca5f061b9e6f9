package io.masterdeal.benchmarks.latency;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, and how many came to nothing. Thread-safe. */
final class Latencies {

    private static final long NANOS_PER_MICRO = 1000;

    private final Histogram micros = new ConcurrentHistogram(3);

    private final AtomicLong failed = new AtomicLong();

    void record(long nanos) {
        micros.recordValue(Math.max(0, nanos / NANOS_PER_MICRO));
    }

    void fail() {
        failed.incrementAndGet();
    }

    long failed() {
        return failed.get();
    }

    /** How many have succeeded. */
    long count() {
        return micros.getTotalCount();
    }

    Percentiles percentiles() {
        return Percentiles.of(micros);
    }
}
