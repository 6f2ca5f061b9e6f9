package io.masterdeal.gateway.events;

import io.masterdeal.gateway.http.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** The metrics of events. */
final class GatewayMetrics {
    private static final String REJECTED = "masterdeal.gateway.events.rejected";
    private static final String UNKNOWN = "unknown";

    private final MeterRegistry registry;

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void accepted(@Nullable String domain) {
        registry.counter("masterdeal.gateway.events.accepted", "domain", domain == null ? UNKNOWN : domain)
                .increment();
    }

    /** Counts an event, or a request whose events were not read. */
    void rejected(@Nullable String domain, ProblemType reason) {
        registry.counter(REJECTED, "domain", domain == null ? UNKNOWN : domain, "reason", reason.code())
                .increment();
    }

    /** Refused events that were not kept in error.events because there were too many or Kafka did not accept them. */
    Counter rejectionsDropped() {
        return Counter.builder("masterdeal.gateway.rejections.dropped")
                .description("refused events that could not be kept in error.events")
                .register(registry);
    }
}
