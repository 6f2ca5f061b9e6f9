package io.masterdeal.router;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/** What the router is like unless it is told otherwise: behind everything else in the environment. */
final class RouterDefaults implements ImportSelector, EnvironmentAware {

    private static final String SCHEMA = "${masterdeal.router.schema:router}";

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8082"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // Bodies are small here, but what is made of them can be twenty times as large.
            Map.entry("masterdeal.http.bodies-memory", "4MB"),
            Map.entry("masterdeal.http.bodies-at-once", "16"),
            Map.entry("spring.mvc.problemdetails.enabled", "true"),
            Map.entry("spring.web.resources.add-mappings", "false"),
            Map.entry("spring.flyway.locations", "classpath:masterdeal/router/migrations"),
            Map.entry("spring.flyway.default-schema", SCHEMA),
            Map.entry("spring.flyway.schemas", SCHEMA),
            Map.entry("spring.datasource.hikari.schema", SCHEMA),
            Map.entry("spring.datasource.hikari.pool-name", "router"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "12"),
            Map.entry("springdoc.api-docs.path", "/openapi"),
            Map.entry("spring.jackson.property-naming-strategy", "SNAKE_CASE"),
            Map.entry("spring.jackson.default-property-inclusion", "non_null"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-components", "always"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,db,kafka"),
            Map.entry("management.metrics.use-global-registry", "false"));

    @Override
    public void setEnvironment(Environment environment) {
        Map<String, Object> defaults = new LinkedHashMap<>(DEFAULTS);
        defaults.keySet().removeIf(environment::containsProperty);
        ((ConfigurableEnvironment) environment)
                .getPropertySources()
                .addLast(new MapPropertySource("routerDefaults", defaults));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return new String[0];
    }
}
