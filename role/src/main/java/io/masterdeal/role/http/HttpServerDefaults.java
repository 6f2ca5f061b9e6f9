package io.masterdeal.role.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/** What the HTTP server of every role is like unless it is told otherwise: behind everything else in the environment. */
final class HttpServerDefaults implements ImportSelector, EnvironmentAware {
    private static final Map<String, Object> DEFAULTS = Map.of(
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

    @Override
    public void setEnvironment(Environment environment) {
        var defaults = new LinkedHashMap<String, Object>(DEFAULTS);
        defaults.keySet().removeIf(environment::containsProperty);
        ((ConfigurableEnvironment) environment)
                .getPropertySources()
                .addLast(new MapPropertySource("httpServerDefaults", defaults));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return new String[0];
    }
}
