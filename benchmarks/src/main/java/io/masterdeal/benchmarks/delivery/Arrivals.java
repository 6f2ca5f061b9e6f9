package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Schedule;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Which events of one run have arrived, and when the first, the one that starts the clock, and the last did. Thread-safe. */
final class Arrivals {

    /** Marks ids of this benchmark, and tells runs apart. */
    private static final AtomicLong RUNS = new AtomicLong(0x6d64_0000_0000_4000L);

    private final long run = RUNS.incrementAndGet();

    private final AtomicIntegerArray seen;

    private final AtomicInteger count = new AtomicInteger();

    private final AtomicInteger repeats = new AtomicInteger();

    private final int clockAt;

    private volatile long clockNanos;

    private volatile long lastNanos = System.nanoTime();

    private volatile @Nullable Schedule schedule;

    private final Latencies latencies = new Latencies();

    /**
     * @param expected how many will arrive
     * @param clockAt after how many of them the clock starts
     */
    Arrivals(int expected, int clockAt) {
        this.seen = new AtomicIntegerArray(expected);
        this.clockAt = clockAt;
        this.clockNanos = System.nanoTime();
    }

    /** From now on it notes how long each took since it was due. */
    void measure(Schedule due) {
        schedule = due;
    }

    UUID id(int index) {
        return new UUID(run, 0x8000_0000_0000_0000L | index);
    }

    /** Its index in this run; negative if it is of another. */
    int index(UUID id) {
        return id.getMostSignificantBits() == run ? (int) id.getLeastSignificantBits() : -1;
    }

    void note(int index) {
        if (seen.getAndIncrement(index) > 0) {
            repeats.incrementAndGet();
            return;
        }
        long now = System.nanoTime();
        Schedule due = schedule;
        if (due != null && due.has(index)) {
            latencies.record(now - due.due(index));
        }
        if (count.incrementAndGet() == clockAt) {
            clockNanos = now;
        }
        lastNanos = now;
    }

    int count() {
        return count.get();
    }

    int repeats() {
        return repeats.get();
    }

    Latencies latencies() {
        return latencies;
    }

    /**
     * Waits until this many have arrived.
     *
     * @throws IllegalStateException if none arrives for a while
     */
    void await(int wanted, Duration patience) throws InterruptedException {
        while (count.get() < wanted) {
            if (System.nanoTime() - lastNanos > patience.toNanos()) {
                throw new IllegalStateException("of " + wanted + " events " + count + " came, and then none for "
                        + patience.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Events a second from the start of the clock to the last one. */
    double perSecond() {
        return (count.get() - clockAt) * 1e9 / (lastNanos - clockNanos);
    }

    /** From a moment to the last one, in ms. */
    double msSince(long nanos) {
        return (lastNanos - nanos) / 1e6;
    }
}
