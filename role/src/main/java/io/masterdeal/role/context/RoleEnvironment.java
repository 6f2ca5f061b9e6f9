package io.masterdeal.role.context;

import io.masterdeal.role.settings.Defaults;
import io.masterdeal.role.settings.RenamedSettings;
import io.masterdeal.role.settings.RequiredSetting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Adds a role's defaults to the environment while the imports of its class are read, which is before anything looks at them. */
final class RoleEnvironment implements ImportSelector {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            Map.entry("spring.mvc.problemdetails.enabled", "true"),
            // Other roles may bring web pages to the class path.
            Map.entry("spring.web.resources.add-mappings", "false"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-components", "always"),
            // The registry for the whole JVM would mix the roles.
            Map.entry("management.metrics.use-global-registry", "false"));

    private final Environment environment;

    RoleEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        RoleDescription role = RoleDescription.of(importing);
        RenamedSettings.read(environment, role.renamed());
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        values.put(RequiredSetting.ROLE, role.name());
        values.put("server.port", Integer.toString(role.port()));
        values.put(
                "management.endpoint.health.group.readiness.include",
                Stream.concat(Stream.of("readinessState"), role.readiness().stream())
                        .collect(Collectors.joining(",")));
        values.putAll(role.defaults());
        Defaults.add(environment, "roleDefaults", values);
        return new String[0];
    }
}
