package io.masterdeal.router.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many times a delivery is tried, and when.
 *
 * @param attempts the number of attempts, 1 to 20
 * @param firstPause the pause after the first attempt; each later pause is {@value #FACTOR} times the one before
 * @param longestPause the longest pause
 */
public record DeliveryRetries(int attempts, Duration firstPause, Duration longestPause) {

    /** Three attempts (specification, section 7.4.2), with pauses of 2 s and 6 s: within the 10 s that a delivery may take. */
    public static final DeliveryRetries DEFAULT = new DeliveryRetries(3, Duration.ofSeconds(2), Duration.ofMinutes(5));

    private static final int FACTOR = 3;

    private static final double JITTER = 0.1;

    /**
     * The pause after an attempt, plus or minus 10 %, so that deliveries that failed together are not tried again together.
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
