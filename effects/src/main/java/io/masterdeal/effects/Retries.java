package io.masterdeal.effects;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How often and when to try again: each pause is three times the previous one, up to a quarter of an hour, plus or minus a fifth
 * at random, so that what failed together is not tried again together. With the default of ten attempts and two seconds the last
 * one is made after about an hour.
 *
 * @param attempts how often at most, including the first time
 * @param firstPause between the first two attempts
 */
record Retries(int attempts, Duration firstPause) {

    private static final double GROWTH = 3;

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** The other side may ask for more than our longest pause, within this limit. */
    private static final Duration LONGEST_ASKED_FOR = Duration.ofDays(1);

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    Retries {
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("masterdeal.effects.attempts is 1 to 100, not " + attempts);
        }
        if (!firstPause.isPositive() || firstPause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "masterdeal.effects.first-pause is more than 0 and at most 15 minutes, not " + firstPause);
        }
    }

    /**
     * How long to wait after an attempt.
     *
     * @param attempt which one, from 1
     * @param askedFor how long the other side asks to wait; may be null
     */
    Duration pause(int attempt, @Nullable Duration askedFor) {
        double grown = (double) firstPause.toMillis() * Math.pow(GROWTH, attempt - 1.0);
        double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        Duration own = Duration.ofMillis(Math.round(Math.min(grown, (double) LONGEST.toMillis()) * jitter));
        if (askedFor == null || askedFor.compareTo(own) <= 0) {
            return own;
        }
        return askedFor.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : askedFor;
    }
}
