package io.masterdeal.router.routes;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.RouteSettings;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class RouteEngineConfiguration {

    @Bean
    OptionalRouteEngine engine(Environment environment, EventCatalog catalog) {
        return OptionalRouteEngine.start(settings(environment), catalog);
    }

    private static @Nullable RouteSettings settings(Environment environment) {
        String folder = environment.getProperty("masterdeal.router.routes", "");
        if (folder.isEmpty()) {
            return null;
        }
        String gateway = environment.getProperty("masterdeal.gateway.url", "");
        if (gateway.isEmpty()) {
            throw new IllegalStateException(
                    "routes publish at the gateway, and none runs in this process: set its address with masterdeal.gateway.url");
        }
        String secrets = environment.getProperty("masterdeal.router.routes-secrets", "");
        return new RouteSettings(
                Path.of(folder),
                secrets.isEmpty() ? null : Path.of(secrets),
                URI.create(gateway),
                Path.of(environment.getRequiredProperty("masterdeal.api-keys")),
                Path.of(environment.getProperty("masterdeal.router.routes-rejected", folder + "/.rejected")));
    }

    @Bean
    RoutesHealth routesHealthIndicator(OptionalRouteEngine engine) {
        return new RoutesHealth(engine);
    }
}
