package io.masterdeal.role.http;

import io.masterdeal.role.settings.Defaults;
import java.util.Map;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** The defaults of every role's HTTP server. */
final class HttpServerDefaults implements ImportSelector {
    private static final Map<String, String> DEFAULTS = Map.of(
            // Silence on a connection. HttpSettings limits the whole time of headers and bodies.
            "server.tomcat.connection-timeout",
            "20s",
            "server.tomcat.keep-alive-timeout",
            "60s",
            "server.tomcat.max-connections",
            "2000",
            // Both would read a body before the key is checked.
            "spring.mvc.formcontent.filter.enabled",
            "false",
            "spring.servlet.multipart.enabled",
            "false",
            "server.tomcat.max-http-form-post-size",
            "64KB");

    private final Environment environment;

    HttpServerDefaults(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        Defaults.add(environment, "httpServerDefaults", DEFAULTS);
        return new String[0];
    }
}
