package io.masterdeal.service.intake;

import io.masterdeal.facts.BatchReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The state of the intake, for metrics and health. */
final class IntakeMeters implements HealthIndicator {

    private final MeterRegistry registry;

    private final Counter added;

    private final Counter duplicates;

    private final Counter conflicts;

    private final DistributionSummary transactions;

    private final AtomicReference<Health> health =
            new AtomicReference<>(Health.up().build());

    /** What the intake waits for; null while it works. */
    private volatile @Nullable String waitsFor;

    /** Why partitions are held; empty if none is. */
    private volatile List<String> held = List.of();

    IntakeMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("masterdeal.intake.held", this, it -> it.held.size())
                .description("Partitions that are not read until an operator decides")
                .register(registry);
        this.added = counter("masterdeal.intake.added", "Facts and retractions that were new");
        this.duplicates = counter("masterdeal.intake.duplicates", "Statements that were known already");
        this.conflicts = counter("masterdeal.intake.conflicts", "Event ids that came with another content than before");
        this.transactions = DistributionSummary.builder("masterdeal.intake.transaction.events")
                .description("Events that were stored in one transaction")
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void added(int events, BatchReport report) {
        transactions.record(events);
        added.increment(report.added());
        duplicates.increment(report.duplicates());
        conflicts.increment(report.conflicts());
    }

    void refused(String reason) {
        registry.counter("masterdeal.intake.refused", "reason", reason).increment();
    }

    void working() {
        waitsFor = null;
        health.set(Health.up().build());
    }

    void waiting(Exception cause) {
        waitsFor = cause.toString();
        health.set(
                Health.outOfService().withDetail("waits_for", cause.toString()).build());
    }

    void failed(Throwable cause) {
        waitsFor = cause.toString();
        health.set(Health.down(cause).build());
    }

    /** Descriptions of the partitions that wait for an operator. */
    void held(Collection<String> reasons) {
        held = List.copyOf(reasons);
    }

    @Nullable
    String waitsFor() {
        return waitsFor;
    }

    @Override
    public Health health() {
        List<String> waiting = held;
        return waiting.isEmpty()
                ? health.get()
                : Health.down().withDetail("held", waiting).build();
    }
}
