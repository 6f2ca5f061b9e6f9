package io.masterdeal.role.http;

import io.masterdeal.role.settings.Defaults;
import java.util.Map;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** What the HTTP server of every role is like unless it is told otherwise. */
final class HttpServerDefaults implements ImportSelector {
    private static final Map<String, String> DEFAULTS = Map.of(
            // Silence on a connection. How long headers and bodies may take in all is said by HttpSettings.
            "server.tomcat.connection-timeout",
            "20s",
            "server.tomcat.keep-alive-timeout",
            "60s",
            "server.tomcat.max-connections",
            "2000",
            // Both would read a body before anybody has asked for a key.
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
