package io.masterdeal.gateway.events;

import java.time.Duration;

/** Admits a number of calls a second, all at once after a quiet second. Thread-safe. */
final class RateLimit {
    private final int perSecond;
    private final long nanosEach;
    private long spentUntil;

    RateLimit(int perSecond, long now) {
        this.perSecond = perSecond;
        this.nanosEach = Duration.ofSeconds(1).toNanos() / perSecond;
        this.spentUntil = now - perSecond * nanosEach;
    }

    /**
     * Asks to admit one.
     *
     * @param now as of {@link System#nanoTime}
     */
    synchronized boolean tryAcquire(long now) {
        long earliest = now - perSecond * nanosEach;
        if (spentUntil - earliest < 0) {
            spentUntil = earliest;
        }
        if (spentUntil + nanosEach - now > 0) {
            return false;
        }
        spentUntil += nanosEach;
        return true;
    }
}
