package io.masterdeal.role.delay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long events take in each step of their way through this process: the distribution over the last minute and the last hour,
 * and the metric {@code masterdeal.delay} with the tags {@code from} and {@code to}. Safe for use by many threads.
 */
public final class Delays {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };

    private final Clock clock;

    private final Instant since;

    private final Map<DelayStep, Measured> steps = new LinkedHashMap<>();

    private record Measured(RollingHistogram minute, RollingHistogram hour, Timer timer) {}

    /**
     * @param steps those that this process measures, in the order of an event's way
     */
    public Delays(MeterRegistry meters, Clock clock, List<DelayStep> steps) {
        this.clock = clock;
        this.since = clock.instant();
        for (DelayStep step : steps) {
            Timer timer = Timer.builder("masterdeal.delay")
                    .description("How long events take from one point of their way to another")
                    .tag("from", step.from())
                    .tag("to", step.to())
                    .serviceLevelObjectives(BOUNDS)
                    .register(meters);
            this.steps.put(
                    step,
                    new Measured(
                            new RollingHistogram(Duration.ofMinutes(1), 12),
                            new RollingHistogram(Duration.ofHours(1), 60),
                            timer));
        }
    }

    /**
     * Counts durations.
     *
     * @param step one that was given to the constructor
     * @param ms negative if the clocks of two machines differ: counted as 0
     */
    public void record(DelayStep step, long... ms) {
        Measured measured = Objects.requireNonNull(steps.get(step), "no such step");
        long now = clock.millis();
        measured.minute().record(now, ms);
        measured.hour().record(now, ms);
        for (long each : ms) {
            measured.timer().record(Math.max(0, each), TimeUnit.MILLISECONDS);
        }
    }

    /** The present instant, in ms since 1970. */
    public long nowMs() {
        return clock.millis();
    }

    /** When this process began to measure, UTC. */
    Instant since() {
        return since;
    }

    /**
     * The distributions of a step.
     *
     * @param lastMinute durations of the last minute, in ms
     * @param lastHour durations of the last hour, in ms
     */
    record Distribution(DelayStep step, Histogram lastMinute, Histogram lastHour) {}

    /** All steps, in the order of an event's way. */
    List<Distribution> distributions() {
        long now = clock.millis();
        return steps.entrySet().stream()
                .map(each -> new Distribution(
                        each.getKey(),
                        each.getValue().minute().until(now),
                        each.getValue().hour().until(now)))
                .toList();
    }
}
