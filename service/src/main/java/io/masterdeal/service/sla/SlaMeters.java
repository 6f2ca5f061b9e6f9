package io.masterdeal.service.sla;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The metrics of clocks: the same in every process, since they are about what is stored. All are read together, by kept totals and
 * one index entry, so that a scrape costs three short statements whatever there is.
 */
@Component
final class SlaMeters implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(SlaMeters.class);

    /** Longer than a scrape takes, shorter than the time between two. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final CountQueries counts;

    private final KnownPolicies known;

    private final Clock clock;

    private @Nullable Reading last;

    SlaMeters(CountQueries counts, KnownPolicies known, Clock clock) {
        this.counts = counts;
        this.known = known;
        this.clock = clock;
    }

    /**
     * What was read last.
     *
     * @param nanos when, by {@link System#nanoTime}
     * @param figures null if the database did not answer
     */
    private record Reading(long nanos, @Nullable Figures figures) {}

    /**
     * All figures.
     *
     * @param clocks how many clocks there are
     * @param statements how many statements there are by kind and state
     * @param lag seconds since the first deadline that has passed and was not dealt with
     */
    private record Figures(List<ClockCount> clocks, Map<String, Long> statements, double lag) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String policy : known.names()) {
            for (String state : KnownPolicies.STATES) {
                Gauge.builder(
                                "masterdeal.sla.clocks",
                                this,
                                it -> it.clocks(count -> count.policy().equals(policy)
                                        && count.state().equals(state)))
                        .description("Clocks in this state, each by its last cycle")
                        .tag("policy", policy)
                        .tag("state", state)
                        .register(registry);
            }
            Gauge.builder(
                            "masterdeal.sla.at.risk",
                            this,
                            it -> it.clocks(count -> count.policy().equals(policy) && count.atRisk()))
                    .description("Clocks that are open, not breached, and have passed a warning")
                    .tag("policy", policy)
                    .register(registry);
        }
        Gauge.builder("masterdeal.sla.deadlines.lag", this, it -> it.figure(Figures::lag))
                .baseUnit("seconds")
                .description("How long ago the first instant was at which clocks have to be evaluated and were not yet")
                .register(registry);
        for (String kind : SlaStatementController.KINDS) {
            for (String state : SlaStatementController.STATES) {
                Gauge.builder(
                                "masterdeal.sla.statements",
                                this,
                                it -> it.figure(figures -> figures.statements().getOrDefault(kind + "|" + state, 0L)))
                        .description("Warnings and breaches that were told, suppressed, or told and taken back")
                        .tag("kind", kind)
                        .tag("state", state)
                        .register(registry);
            }
        }
    }

    private double clocks(Predicate<ClockCount> which) {
        return figure(figures -> figures.clocks().stream()
                .filter(which)
                .mapToLong(ClockCount::amount)
                .sum());
    }

    private double figure(ToDoubleFunction<Figures> which) {
        Figures figures = figures();
        return figures == null ? Double.NaN : which.applyAsDouble(figures);
    }

    private synchronized @Nullable Figures figures() {
        Reading reading = last;
        if (reading == null || System.nanoTime() - reading.nanos > FRESH_NANOS) {
            Figures figures = read(clock.instant());
            reading = new Reading(System.nanoTime(), figures);
            last = reading;
        }
        return reading.figures;
    }

    private @Nullable Figures read(Instant now) {
        try {
            return new Figures(
                    counts.all(),
                    counts.statements(),
                    counts.firstDeadline()
                            .map(due -> Math.max(0, Duration.between(due, now).toMillis() / 1000.0))
                            .orElse(0.0));
        } catch (DataAccessException e) {
            log.debug("the metrics of clocks are not known: {}", e.toString()); // Health 'db' tells it.
            return null;
        }
    }
}
