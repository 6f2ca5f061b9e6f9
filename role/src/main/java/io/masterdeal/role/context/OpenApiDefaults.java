package io.masterdeal.role.context;

import io.masterdeal.role.settings.Defaults;
import java.util.Map;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Where a role with {@link WithOpenApi} describes its API. */
final class OpenApiDefaults implements ImportSelector {

    private final Environment environment;

    OpenApiDefaults(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        Defaults.add(environment, "openApiDefaults", Map.of("springdoc.api-docs.path", "/openapi"));
        return new String[0];
    }
}
