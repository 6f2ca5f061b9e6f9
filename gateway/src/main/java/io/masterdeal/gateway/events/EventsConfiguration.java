package io.masterdeal.gateway.events;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.gateway.publish.EventPublisher;
import io.masterdeal.role.access.AccessConfiguration;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.role.http.HttpServerConfiguration;
import io.masterdeal.role.http.HttpSettings;
import io.masterdeal.role.http.RequestBodies;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the endpoint {@code POST /events} and what it needs. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {
    private static final String HINT =
            "Send the API key of the operator, the reader or the console: Authorization: Bearer KEY.";

    private static final Set<String> OPEN = Set.of("/events", "/openapi.yaml");

    private static final Set<String> ADMITTED =
            Set.of(AccessPolicy.OPERATOR, AccessPolicy.READER, AccessPolicy.CONSOLE);

    /**
     * The key of the operator or the reader for everything not named here: metrics, and endpoints added later. {@code /events} checks
     * keys itself; the description of the API is open to everyone.
     */
    @Bean
    AccessPolicy accessPolicy() {
        return AccessPolicy.withHint(HINT)
                .open(AccessPolicy.path(OPEN::contains))
                .keys(_ -> true, ADMITTED::contains, _ -> HINT);
    }

    /** After the proxy, which checks keys itself. */
    @Bean
    AccessConfiguration.Order accessOrder() {
        return new AccessConfiguration.Order(HttpServerConfiguration.AFTER_KEYS - 10);
    }

    /** The limit of a body of events depends on its content type, not on the path. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD.readElsewhere("/events");
    }

    /** Separate from other bodies, so that events do not wait for them. */
    @Bean
    RequestBodies eventBodies(HttpSettings settings) {
        return settings.bodies(1);
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
        var receiver = new EventReceiver(admission, publisher, rejected, metrics);
        return new EventsController(keys, catalog, bodies, receiver, metrics);
    }
}
