package io.masterdeal.facts;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says {@code DEGRADED} while some deals cannot be folded: their facts are kept, their answers are old. The process stays ready,
 * because all other deals go on and a restart does not help.
 */
final class FoldHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "some deals cannot be folded");

    private final FactStore store;

    FoldHealth(FactStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        try {
            long failing = store.failing();
            return failing == 0
                    ? Health.up().build()
                    : Health.status(DEGRADED)
                            .withDetail("failing_folds", failing)
                            .build();
        } catch (StoreException e) {
            return Health.unknown().withException(e).build(); // 'db' tells it.
        }
    }
}
