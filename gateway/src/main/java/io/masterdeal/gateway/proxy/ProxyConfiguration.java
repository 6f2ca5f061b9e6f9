package io.masterdeal.gateway.proxy;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.role.http.HttpSettings;
import io.masterdeal.role.http.RequestBodies;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Builds the routes, and what keeps them from each other's throats. */
@Configuration(proxyBeanMethods = false)
public class ProxyConfiguration {
    /** The service, which is a system like the domains. */
    private static final String SERVICE = "masterdeal";

    @Bean
    Upstreams upstreams(Environment environment, EventCatalog catalog) {
        var systems = new TreeSet<>(catalog.domains());
        systems.add(SERVICE);
        return ProxySettings.read(environment, systems);
    }

    @Bean(destroyMethod = "close")
    UpstreamClient client() {
        return new UpstreamClient();
    }

    /** Apart from those of events, which calls must not hold up. */
    @Bean
    RequestBodies proxyBodies(HttpSettings settings) {
        return settings.bodies(2);
    }

    /** Before the filter that knows only the endpoints of the gateway itself: paths of routes are none of them. */
    @Bean
    FilterRegistrationBean<ProxyFilter> proxyFilter(
            Upstreams upstreams,
            ApiKeys keys,
            UpstreamClient client,
            MeterRegistry registry,
            @Qualifier("proxyBodies") RequestBodies bodies) {
        var filter = new FilterRegistrationBean<>(
                new ProxyFilter(upstreams, keys, client, new ProxyMetrics(registry), bodies));
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 100);
        return filter;
    }

    /** Tomcat by itself refuses a path with an encoded slash, which is how an object's key with a slash has to be sent. */
    @Bean
    TomcatConnectorCustomizer encodedSlashesStay() {
        return connector -> connector.setEncodedSolidusHandling("passthrough");
    }
}
