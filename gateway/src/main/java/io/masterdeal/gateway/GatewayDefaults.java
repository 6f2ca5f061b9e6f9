package io.masterdeal.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What the gateway's server is like unless it is told otherwise.
 *
 * <p>A file on the class path could not say it: several roles share one. So it is put into the environment while the imports
 * of {@link GatewayRole} are read, before anything looks at it, and only where nobody has said anything.
 */
final class GatewayDefaults implements ImportSelector, EnvironmentAware {
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // Percent-encoded, an attribute of 512 bytes takes three times as many in a header.
            Map.entry("server.max-http-request-header-size", "32KB"),
            Map.entry("spring.mvc.problemdetails.enabled", "true"),
            // Other roles may bring web pages to the class path.
            Map.entry("spring.web.resources.add-mappings", "false"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-components", "always"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,kafka,http"),
            // The registry for the whole JVM would mix the roles.
            Map.entry("management.metrics.use-global-registry", "false"));

    @Override
    public void setEnvironment(Environment environment) {
        var defaults = new LinkedHashMap<String, Object>(DEFAULTS);
        defaults.keySet().removeIf(environment::containsProperty);
        ((ConfigurableEnvironment) environment)
                .getPropertySources()
                .addLast(new MapPropertySource("gatewayDefaults", defaults));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return new String[0];
    }
}
