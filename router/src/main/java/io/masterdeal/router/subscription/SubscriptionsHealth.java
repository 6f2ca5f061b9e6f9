package io.masterdeal.router.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether every subscription is served, or its filter has stopped it. Not part of readiness: all others are served. */
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
