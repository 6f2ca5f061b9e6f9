package io.masterdeal.service.publish;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;

/**
 * Says {@code DEGRADED} while canonical events are parked: subscribers miss changes of their deals. It is no part of readiness, since
 * all other deals are published, and a restart does not help.
 */
final class ParkedHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "Kafka refuses canonical events of some deals");

    private final ParkedQueries parked;

    ParkedHealth(ParkedQueries parked) {
        this.parked = parked;
    }

    @Override
    public Health health() {
        try {
            long events = parked.count();
            return events == 0
                    ? Health.up().build()
                    : Health.status(DEGRADED)
                            .withDetail("parked_events", events)
                            .build();
        } catch (DataAccessException e) {
            return Health.unknown().withException(e).build(); // The indicator 'db' reports it.
        }
    }
}
