package io.masterdeal.gateway.events;

import io.masterdeal.contracts.access.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RequestBodies;
import io.masterdeal.gateway.publish.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Builds the endpoint {@code POST /events} and what it needs. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {
    private static final String KEYS = "masterdeal.api-keys";

    /** What all bodies in work may have together. */
    private static final int BODIES_KIB = 32 * 1024;

    @Bean
    ApiKeys apiKeys(Environment environment) {
        String directory = environment.getProperty(KEYS);
        if (directory == null || directory.isBlank()) {
            throw new IllegalStateException(
                    "the gateway needs the setting " + KEYS + ", the directory of the API keys");
        }
        return ApiKeys.load(Path.of(directory));
    }

    @Bean
    KeyFilter keyFilter(ApiKeys keys) {
        return new KeyFilter(keys);
    }

    @Bean
    GatewayMetrics gatewayMetrics(MeterRegistry registry) {
        return new GatewayMetrics(registry);
    }

    @Bean
    RejectedEvents rejectedEvents(EventCatalog catalog, EventPublisher publisher, GatewayMetrics metrics) {
        return new RejectedEvents(catalog, publisher, metrics);
    }

    @Bean
    EventsController eventsController(
            ApiKeys keys,
            EventCatalog catalog,
            EventPublisher publisher,
            RejectedEvents rejected,
            GatewayMetrics metrics) {
        var door = new EventDoor(new Admission(catalog), publisher, rejected, metrics);
        return new EventsController(
                keys, catalog, new RequestBodies(BODIES_KIB, ProblemType.UNAVAILABLE), door, metrics);
    }
}
