package io.masterdeal.router.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a delivery is tried, and when again.
 *
 * @param attempts how often in all, 1 to 20
 * @param firstPause after the first attempt; each later pause is {@value #FACTOR} times the one before
 * @param longestPause no pause is longer
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {

    /** Three attempts (specification, section 7.4.2), after 2 s and 6 s more: within the 10 s that delivery may take. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(2), Duration.ofMinutes(5));

    private static final int FACTOR = 3;

    private static final double JITTER = 0.1;

    /**
     * The pause after an attempt, give or take a tenth, so that what failed together does not come back together.
     *
     * @param attempt counted from 1
     * @param random decides the jitter
     */
    public Duration pauseAfter(int attempt, RandomGenerator random) {
        double ms = (double) firstPause.toMillis() * Math.pow(FACTOR, attempt - 1.0);
        double bounded = Math.min(ms, (double) longestPause.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
