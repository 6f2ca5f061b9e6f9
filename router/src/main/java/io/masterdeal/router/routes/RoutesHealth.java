package io.masterdeal.router.routes;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether all route files are in use, and their events get through. Not part of readiness, because the router works without it.
 */
final class RoutesHealth extends AbstractHealthIndicator {

    private final OptionalRouteEngine engine;

    RoutesHealth(OptionalRouteEngine engine) {
        this.engine = engine;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean whole = engine.problems().isEmpty()
                && engine.waitsFor().isEmpty()
                && engine.setAside().isEmpty();
        (whole ? builder.up() : builder.down())
                .withDetail("routes", engine.routes().size())
                .withDetail(
                        "problems",
                        engine.problems().stream().map(Object::toString).toList())
                .withDetail("files_not_kept", engine.setAside())
                .withDetail("waits_for", engine.waitsFor());
    }
}
