package io.masterdeal.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between attempts: each time three times as long, up to a longest, give or take a fifth, so that what
 * failed together does not come back together.
 *
 * @param first between the first two attempts
 * @param longest between any two
 */
record RetryPauses(Duration first, Duration longest) {

    private static final double GROWTH = 3;

    /**
     * How long to wait after an attempt.
     *
     * @param attempt which one, from 1
     */
    Duration after(int attempt) {
        double grown = (double) first.toMillis() * Math.pow(GROWTH, attempt - 1.0);
        double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        return Duration.ofMillis(Math.max(1, Math.round(Math.min(grown, (double) longest.toMillis()) * jitter)));
    }
}
