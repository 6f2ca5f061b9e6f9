package io.masterdeal.sandbox.actor;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How quick people are.
 *
 * @param factor multiplies all waits but the patience; 1 is the pace of a demonstration
 * @param patience how long people wait for something before they go on by phone
 */
public record SimulationPace(double factor, Duration patience) {
    private static final Duration SHORTEST = Duration.ofMillis(150);
    private static final Duration LONGEST = Duration.ofMillis(900);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(300);
    private static final Duration LEAST = Duration.ofMillis(5);

    /**
     * Does something else for a moment.
     *
     * @param random chooses how long
     * @throws InterruptedException if people shall stop
     */
    public void pause(Random random) throws InterruptedException {
        long spread = LONGEST.toMillis() - SHORTEST.toMillis();
        sleep(of(SHORTEST.plusMillis((long) (random.nextDouble() * spread))));
    }

    /**
     * How long people wait before they ask again.
     *
     * @return the wait
     */
    public Duration betweenQuestions() {
        Duration wait = of(BETWEEN_QUESTIONS);
        return wait.compareTo(LEAST) < 0 ? LEAST : wait;
    }

    /**
     * A time at this pace.
     *
     * @param atFullLength as it is in a demonstration
     * @return as it is here
     */
    public Duration of(Duration atFullLength) {
        return Duration.ofNanos((long) (atFullLength.toNanos() * factor));
    }

    /**
     * Waits.
     *
     * @param time how long
     * @throws InterruptedException if people shall stop
     */
    public static void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
