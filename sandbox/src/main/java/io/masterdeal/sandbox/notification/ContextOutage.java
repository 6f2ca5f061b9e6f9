package io.masterdeal.sandbox.notification;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Outages of the context during a run: {@link #LASTS} in every {@link #EVERY}, the first some seconds after the start of the run, as
 * determined by its seed. Thread-safe.
 */
public final class ContextOutage {

    /** The duration: longer than the time until the second delivery attempt, shorter than until the third. */
    public static final Duration LASTS = Duration.ofSeconds(5);

    /** From the start of one outage to the start of the next. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    private static final long EARLIEST_MS = 3_000;

    private static final int SPREAD_MS = 4_000;

    private final double pace;

    private volatile @Nullable Long firstAt;

    /**
     * Starts without outages.
     *
     * @param pace factor for all durations
     */
    public ContextOutage(double pace) {
        this.pace = pace;
    }

    /**
     * Starts a run.
     *
     * @param seed determines when the first outage is
     */
    public void begin(long seed) {
        firstAt = System.nanoTime() + nanos(EARLIEST_MS + new Random(seed).nextInt(SPREAD_MS));
    }

    /** Whether there is an outage now. */
    boolean isNow() {
        Long first = firstAt;
        if (first == null) {
            return false;
        }
        long since = System.nanoTime() - first;
        return since >= 0 && since % nanos(EVERY.toMillis()) < nanos(LASTS.toMillis());
    }

    private long nanos(long ms) {
        return Math.max(1, (long) (ms * 1e6 * pace));
    }
}
