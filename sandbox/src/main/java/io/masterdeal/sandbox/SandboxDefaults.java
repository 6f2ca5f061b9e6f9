package io.masterdeal.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What the sandbox's server is like unless it is told otherwise. Put into the environment while the imports of {@link SandboxRole}
 * are read, since a file on the class path would be that of all roles.
 */
final class SandboxDefaults implements ImportSelector, EnvironmentAware {
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "5s"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            Map.entry("spring.mvc.problemdetails.enabled", "true"),
            Map.entry("spring.web.resources.add-mappings", "false"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.metrics.use-global-registry", "false"));

    @Override
    public void setEnvironment(Environment environment) {
        var defaults = new LinkedHashMap<String, Object>(DEFAULTS);
        defaults.keySet().removeIf(environment::containsProperty);
        ((ConfigurableEnvironment) environment)
                .getPropertySources()
                .addLast(new MapPropertySource("sandboxDefaults", defaults));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return new String[0];
    }
}
