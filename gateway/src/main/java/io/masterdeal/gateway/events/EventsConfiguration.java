package io.masterdeal.gateway.events;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.gateway.publish.EventPublisher;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.role.http.HttpSettings;
import io.masterdeal.role.http.RequestBodies;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Builds the endpoint {@code POST /events} and what it needs. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {
    private static final String KEYS = "masterdeal.api-keys";

    @Bean
    ApiKeys apiKeys(Environment environment) {
        String directory = environment.getProperty(KEYS);
        if (directory == null || directory.isBlank()) {
            throw new IllegalStateException(
                    "the gateway needs the setting " + KEYS + ", the directory of the API keys");
        }
        return ApiKeys.load(Path.of(directory));
    }

    /** How long a body of events may be depends on its content type, not on the path. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD.readElsewhere("/events");
    }

    /** Apart from those of routes and of all else, which events must not have to wait for. */
    @Bean
    RequestBodies eventBodies(HttpSettings settings) {
        return settings.bodies(1);
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
    Admission admission(
            EventCatalog catalog,
            @Value("${" + VersionLimits.AHEAD_SETTING + ":" + VersionLimits.AHEAD_DEFAULT + "}") Duration ahead) {
        return new Admission(catalog, new VersionLimits(ahead), InstantSource.system());
    }

    @Bean
    EventsController eventsController(
            ApiKeys keys,
            Admission admission,
            EventCatalog catalog,
            EventPublisher publisher,
            RejectedEvents rejected,
            GatewayMetrics metrics,
            @Qualifier("eventBodies") RequestBodies bodies) {
        var door = new EventDoor(admission, publisher, rejected, metrics);
        return new EventsController(keys, catalog, bodies, door, metrics);
    }
}
