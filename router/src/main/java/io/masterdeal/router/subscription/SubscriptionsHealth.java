package io.masterdeal.router.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down if a subscription is stopped because of its filter. Not part of readiness, because all others are served. */
final class SubscriptionsHealth extends AbstractHealthIndicator {

    private final Subscriptions subscriptions;

    SubscriptionsHealth(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        Map<String, String> stopped = new LinkedHashMap<>();
        for (StoredSubscription it : subscriptions.now().active()) {
            if (it.stopped() != null) {
                stopped.put(it.name(), it.stopped().because());
            }
        }
        (stopped.isEmpty() ? builder.up() : builder.down()).withDetail("stopped", stopped);
    }
}
