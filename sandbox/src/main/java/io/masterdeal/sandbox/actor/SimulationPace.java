package io.masterdeal.sandbox.actor;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How fast simulated people act.
 *
 * @param factor multiplies all waits except the patience; 1 is the pace of a demonstration
 * @param patience how long people wait for something before they continue by phone
 */
public record SimulationPace(double factor, Duration patience) {
    private static final Duration SHORTEST = Duration.ofMillis(150);
    private static final Duration LONGEST = Duration.ofMillis(900);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(300);
    private static final Duration LEAST = Duration.ofMillis(5);

    /**
     * Pauses for a moment.
     *
     * @param random determines the duration
     * @throws InterruptedException if the simulation is being stopped
     */
    public void pause(Random random) throws InterruptedException {
        long spread = LONGEST.toMillis() - SHORTEST.toMillis();
        sleep(of(SHORTEST.plusMillis((long) (random.nextDouble() * spread))));
    }

    /**
     * How long people wait between two questions.
     *
     * @return the wait
     */
    public Duration betweenQuestions() {
        Duration wait = of(BETWEEN_QUESTIONS);
        return wait.compareTo(LEAST) < 0 ? LEAST : wait;
    }

    /**
     * Scales a duration to this pace.
     *
     * @param atFullLength the duration in a demonstration
     * @return the duration at this pace
     */
    public Duration of(Duration atFullLength) {
        return Duration.ofNanos((long) (atFullLength.toNanos() * factor));
    }

    /**
     * Waits.
     *
     * @param time how long
     * @throws InterruptedException if the simulation is being stopped
     */
    public static void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
