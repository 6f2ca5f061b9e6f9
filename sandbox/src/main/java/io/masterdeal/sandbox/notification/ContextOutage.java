package io.masterdeal.sandbox.notification;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When the context is away during a run: {@link #LASTS} in every {@link #EVERY}, the first time some seconds after the run began,
 * when exactly follows from its seed. Thread-safe.
 */
public final class ContextOutage {

    /** How long it is away: longer than a second attempt to deliver takes to come, shorter than the third. */
    public static final Duration LASTS = Duration.ofSeconds(5);

    /** From the beginning of one time to that of the next. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    private static final long EARLIEST_MS = 3_000;

    private static final int SPREAD_MS = 4_000;

    private final double pace;

    private volatile @Nullable Long firstAt;

    /**
     * Begins with no outage.
     *
     * @param pace factor for all times
     */
    public ContextOutage(double pace) {
        this.pace = pace;
    }

    /**
     * A run begins.
     *
     * @param seed decides when the first outage is
     */
    public void begin(long seed) {
        firstAt = System.nanoTime() + nanos(EARLIEST_MS + new Random(seed).nextInt(SPREAD_MS));
    }

    /** Whether the context is away now. */
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
