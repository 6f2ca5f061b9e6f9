package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
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
 * Asks the filter of one subscription about what comes fresh, in the thread of its worker: so a slow filter holds up nobody else. One
 * that exceeds its budget stops its subscription.
 */
final class SubscriptionFilter {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionFilter.class);

    private static final int MOST_REASON = 500;

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

    /** Whether nothing may be sent, because the filter took too much. Any thread. */
    boolean isStopped() {
        return stopped;
    }

    /** Judges a delivery that was never tried, and stops the subscription if that takes too much. */
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

    /** If that cannot be kept the worker is replaced by one that is not stopped, and finds it out again. */
    private void stop(Delivery delivery, String because) {
        UUID event = delivery.message().eventId();
        log.error(
                "{} is stopped at the event {}: {}. What it wants is kept; change its filter, or resume it",
                subscription.name(),
                event,
                because);
        try {
            subscriptions.stop(subscription, event, fit(because));
        } catch (SQLException e) {
            log.warn("{}: that it is stopped cannot be kept: {}", subscription.name(), e.getMessage());
        }
        stopped = true;
    }

    /** A reason may tell what an event holds: of any length, and with what PostgreSQL's texts cannot hold. */
    static String fit(String reason) {
        String text = reason.replace('\0', ' ');
        return text.length() > MOST_REASON ? text.substring(0, MOST_REASON) : text;
    }
}
