package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.StoredReason;
import io.masterdeal.router.subscription.Filter;
import io.masterdeal.router.subscription.StoredSubscription;
import io.masterdeal.router.subscription.Subscriptions;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evaluates the filter of one subscription for its new deliveries, in the thread of its worker, so that a slow filter delays no
 * other subscription. A filter that exceeds its budget stops its subscription.
 */
final class SubscriptionFilter {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionFilter.class);

    private final StoredSubscription subscription;

    private final Subscriptions subscriptions;

    private final SubscriptionMeters meters;

    private volatile boolean stopped;

    SubscriptionFilter(StoredSubscription subscription, Subscriptions subscriptions, SubscriptionMeters meters) {
        this.subscription = subscription;
        this.subscriptions = subscriptions;
        this.meters = meters;
        this.stopped = subscription.stopped() != null;
    }

    /** Whether nothing may be sent because the filter exceeded its budget. Any thread. */
    boolean isStopped() {
        return stopped;
    }

    /** Evaluates the filter for a delivery that was never tried, and stops the subscription if that exceeds the budget. */
    Filter.Verdict evaluate(Delivery delivery) {
        Filter filter = subscription.subscription().filter();
        if (filter == null) {
            return Filter.Verdict.PASSES;
        }
        Filter.Verdict verdict = filter.evaluate(JsonMapper.shared()
                .readTree(Objects.requireNonNull(delivery.message().body())));
        meters.evaluated(verdict.outcome());
        if (verdict.outcome() == Filter.Outcome.OVER_BUDGET) {
            stop(delivery, verdict.because());
        }
        return verdict;
    }

    /**
     * If the stop cannot be stored, the worker is replaced by one that is not stopped, and that one exceeds the budget again.
     */
    private void stop(Delivery delivery, String because) {
        UUID event = delivery.message().eventId();
        log.error(
                "{} is stopped at the event {}: {}. Its events are kept; change its filter, or resume it",
                subscription.name(),
                event,
                because);
        try {
            subscriptions.stop(subscription, event, StoredReason.of(because));
        } catch (SQLException e) {
            log.warn("{}: the stop cannot be stored: {}", subscription.name(), e.getMessage());
        }
        stopped = true;
    }
}
