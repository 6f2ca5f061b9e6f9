package io.masterdeal.service.intake;

import io.masterdeal.facts.BatchReport;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.model.Fact;
import io.masterdeal.role.delay.Delays;
import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.intake.IntakeBatch.Decoded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The state of the intake, for metrics and health. */
final class IntakeMeters implements HealthIndicator {

    private final MeterRegistry registry;

    private final Delays delays;

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

    IntakeMeters(MeterRegistry registry, Delays delays) {
        this.registry = registry;
        this.delays = delays;
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

    void added(List<Decoded> events, BatchReport report) {
        transactions.record(events.size());
        measure(events);
        added.increment(report.added());
        duplicates.increment(report.duplicates());
        conflicts.increment(report.conflicts());
    }

    private void measure(List<Decoded> events) {
        long now = delays.nowMs();
        long[] untilCommitted = new long[events.size()];
        LongStream.Builder untilAccepted = LongStream.builder();
        Map<String, Integer> types = new HashMap<>();
        for (int i = 0; i < untilCommitted.length; i++) {
            long accepted = events.get(i).record().timestamp();
            ReceivedStatement received = events.get(i).statement();
            untilCommitted[i] = now - accepted;
            String type = "retraction";
            if (received.statement() instanceof Fact fact) {
                type = fact.type();
                if (!received.provenance().replayed()) {
                    untilAccepted.add(accepted - fact.occurredAt().toEpochMilli());
                }
            }
            types.merge(type, 1, Integer::sum);
        }
        delays.record(ServiceDelays.COMMITTED, untilCommitted);
        delays.record(ServiceDelays.ACCEPTED, untilAccepted.build().toArray());
        types.forEach((type, count) -> counter("masterdeal.intake.events", "Events taken in, by type", type)
                .increment(count));
    }

    /** Types are those of the catalog: others are refused. */
    private Counter counter(String name, String description, String type) {
        return Counter.builder(name).description(description).tag("type", type).register(registry);
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
