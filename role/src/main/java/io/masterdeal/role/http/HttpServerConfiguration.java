package io.masterdeal.role.http;

import io.masterdeal.role.connection.GuardedProtocol;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Protects every endpoint of every role: limits of bodies, connections and times, and checks of encoding. A role with longer bodies
 * says where in a bean {@link BodyLimits}. Filters that check keys run before {@link #AFTER_KEYS}.
 */
@Configuration(proxyBeanMethods = false)
@Import({HttpServerDefaults.class, ErrorAnswers.class, ProblemForm.class})
public class HttpServerConfiguration {
    /** The order of the filters that read addresses and bodies; those that check keys have a lower one. */
    public static final int AFTER_KEYS = Ordered.LOWEST_PRECEDENCE - 50;

    @Bean
    HttpSettings httpSettings(Environment environment) {
        return HttpSettings.read(environment);
    }

    @Bean
    RequestBodies requestBodies(HttpSettings settings) {
        return settings.bodies(1);
    }

    @Bean
    FilterRegistrationBean<LeftoverFilter> leftoverFilter() {
        return ordered(new LeftoverFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<UrlFilter> urlFilter() {
        return ordered(new UrlFilter(), AFTER_KEYS - 1);
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(
            ObjectProvider<BodyLimits> limits, @Qualifier("requestBodies") RequestBodies bodies) {
        return ordered(new BodyFilter(limits.getIfAvailable(() -> BodyLimits.STANDARD), bodies), AFTER_KEYS);
    }

    @Bean
    HttpHealth httpHealthIndicator(List<RequestBodies> bodies) {
        return new HttpHealth(bodies);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedServer() {
        return factory -> {
            factory.setProtocol(GuardedProtocol.class.getName());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                }
            });
        };
    }

    @Bean
    ConnectionMeters connectionMeters() {
        return new ConnectionMeters();
    }

    @Bean
    TomcatConnectorCustomizer guardedConnections(HttpSettings settings, HttpHealth health, ConnectionMeters meters) {
        return connector -> {
            if (connector.getProtocolHandler() instanceof GuardedProtocol protocol) {
                protocol.setRules(settings.rules());
                health.watch(protocol);
                meters.protocol.set(protocol);
            }
        };
    }

    private static <T extends Filter> FilterRegistrationBean<T> ordered(T filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    /** Counts connections, and those closed early. */
    static final class ConnectionMeters implements MeterBinder {
        private final AtomicReference<GuardedProtocol> protocol = new AtomicReference<>();

        @Override
        public void bindTo(MeterRegistry registry) {
            Gauge.builder("masterdeal.http.connections", this, it -> it.figure(GuardedProtocol::open))
                    .description("connections open now")
                    .register(registry);
            counter(registry, "late", GuardedProtocol::late);
            counter(registry, "crowded-out", GuardedProtocol::crowdedOut);
            counter(registry, "refused", GuardedProtocol::refused);
        }

        private void counter(MeterRegistry registry, String reason, ToDoubleFunction<GuardedProtocol> figure) {
            FunctionCounter.builder("masterdeal.http.connections.closed", this, it -> it.figure(figure))
                    .description("connections closed by the server before their time")
                    .tag("reason", reason)
                    .register(registry);
        }

        private double figure(ToDoubleFunction<GuardedProtocol> figure) {
            GuardedProtocol known = protocol.get();
            return known == null ? 0 : figure.applyAsDouble(known);
        }
    }
}
