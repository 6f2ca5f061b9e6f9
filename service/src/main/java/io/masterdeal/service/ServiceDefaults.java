package io.masterdeal.service;

import io.masterdeal.role.database.UuidArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What the service is like unless it is told otherwise. Several roles share one class path, so this cannot stand in a file
 * there; it joins the environment, behind everything else, while the imports of {@link ServiceRole} are read.
 */
final class ServiceDefaults implements ImportSelector, EnvironmentAware {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8081"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // Bodies are small here, but what is made of them can be twenty times as large.
            Map.entry("masterdeal.http.bodies-memory", "4MB"),
            Map.entry("masterdeal.http.bodies-at-once", "16"),
            Map.entry("spring.mvc.problemdetails.enabled", "true"),
            Map.entry("spring.web.resources.add-mappings", "false"),
            Map.entry(
                    "spring.flyway.locations",
                    "classpath:masterdeal/service/migrations,classpath:masterdeal/queue/migrations"),
            Map.entry("spring.flyway.default-schema", "${masterdeal.schema:service}"),
            Map.entry("spring.flyway.schemas", "${masterdeal.schema:service}"),
            Map.entry("spring.datasource.hikari.schema", "${masterdeal.schema:service}"),
            Map.entry("spring.datasource.hikari.pool-name", "service"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "8"),
            // Of a process whose machine is gone PostgreSQL hears nothing, and would keep the rows it held.
            Map.entry(
                    "spring.datasource.hikari.connection-init-sql",
                    "SET idle_in_transaction_session_timeout = '60s'; SET tcp_keepalives_idle = 30;"
                            + " SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"),
            Map.entry("spring.datasource.hikari.data-source-properties.tcpKeepAlive", "true"),
            Map.entry("spring.datasource.hikari.data-source-properties.binaryTransferEnable", UuidArray.BINARY),
            Map.entry("springdoc.api-docs.path", "/openapi"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-components", "always"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,db,kafka,intakeMeters"),
            // The registry for the whole JVM would mix the roles.
            Map.entry("management.metrics.use-global-registry", "false"));

    @Override
    public void setEnvironment(Environment environment) {
        Map<String, Object> defaults = new LinkedHashMap<>(DEFAULTS);
        defaults.keySet().removeIf(environment::containsProperty);
        ((ConfigurableEnvironment) environment)
                .getPropertySources()
                .addLast(new MapPropertySource("serviceDefaults", defaults));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return new String[0];
    }
}
