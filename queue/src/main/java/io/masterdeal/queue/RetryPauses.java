package io.masterdeal.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between attempts: three times as long each time, up to a limit, plus or minus 20 % so that tasks that failed
 * together do not come back together.
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
