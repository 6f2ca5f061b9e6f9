package io.masterdeal.gateway.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times the calls of each route. */
final class ProxyMetrics {
    private final MeterRegistry registry;

    ProxyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts a finished call.
     *
     * @param system the first segment of its path
     * @param status the status that the caller was sent
     * @param upstream whether the system answered, rather than the gateway
     * @param took time until the last byte of the answer
     */
    void called(String system, int status, boolean upstream, Duration took) {
        Timer.builder("masterdeal.gateway.route.calls")
                .description("calls by the gateway's routes")
                .tag("route", system)
                .tag("status", Integer.toString(status))
                .tag("by", upstream ? "upstream" : "gateway")
                .register(registry)
                .record(took);
    }
}
