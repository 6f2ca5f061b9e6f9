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

/** Builds the proxy: calls between systems, with limits so that one system cannot block the others. */
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

    /** Separate from the bodies of events, which calls must not delay. */
    @Bean
    RequestBodies proxyBodies(HttpSettings settings) {
        return settings.bodies(2);
    }

    /** Before the access filter, which knows only the gateway's own endpoints. */
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

    /** By default Tomcat refuses a path with an encoded slash, which an object's key with a slash needs. */
    @Bean
    TomcatConnectorCustomizer encodedSlashesStay() {
        return connector -> connector.setEncodedSolidusHandling("passthrough");
    }
}
