package io.masterdeal.role.http;

import io.masterdeal.role.connection.GuardedProtocol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the server had to refuse connections or bodies within the last ten seconds because it was full. */
final class HttpHealth implements HealthIndicator {
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final List<RequestBodies> bodies;
    private final AtomicLong refusedBefore = new AtomicLong();
    private volatile long refusedAt = System.nanoTime() - RECENT.toNanos();
    private volatile @Nullable GuardedProtocol connections;

    HttpHealth(List<RequestBodies> bodies) {
        this.bodies = List.copyOf(bodies);
    }

    void watch(GuardedProtocol protocol) {
        connections = protocol;
    }

    @Override
    public Health health() {
        boolean crowded = bodies.stream().anyMatch(it -> it.refusedWithin(RECENT));
        Health.Builder health = Health.up();
        GuardedProtocol protocol = connections;
        if (protocol != null) {
            long refused = protocol.refused();
            if (refused > refusedBefore.getAndSet(refused)) {
                refusedAt = System.nanoTime();
            }
            health.withDetail("connections", protocol.open())
                    .withDetail("connectionsLate", protocol.late())
                    .withDetail("connectionsCrowdedOut", protocol.crowdedOut())
                    .withDetail("connectionsRefused", refused);
        }
        boolean full = System.nanoTime() - refusedAt < RECENT.toNanos();
        return (crowded || full ? health.outOfService() : health)
                .withDetail("refusesBodies", crowded)
                .withDetail("refusesConnections", full)
                .build();
    }
}
