package io.masterdeal.router.delivery;

import io.masterdeal.role.delay.Delays;
import io.masterdeal.router.delay.RouterDelays;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.DeliveryOutcome;
import io.masterdeal.router.subscription.Filter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** The metrics of one subscription. */
final class SubscriptionMeters {

    private final MeterRegistry registry;

    private final String subscription;

    private final Timer untilDelivered;

    private final Delays delays;

    SubscriptionMeters(MeterRegistry registry, Delays delays, String subscription) {
        this.registry = registry;
        this.delays = delays;
        this.subscription = subscription;
        this.untilDelivered = Timer.builder("masterdeal.router.delivery")
                .description("Time from the acceptance of an event to the response of the sink that accepted it")
                .tag("subscription", subscription)
                .publishPercentileHistogram()
                .register(registry);
    }

    void answered(SinkResponse response, DeliveryOutcome.Attempt attempt, Delivery delivery) {
        Counter.builder("masterdeal.router.attempts")
                .description("Attempts to deliver, by the response of the sink")
                .tag("subscription", subscription)
                .tag("answer", response.verdict().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
        if (response.verdict() == SinkResponse.Verdict.TAKEN) {
            Duration delay = Duration.between(
                    delivery.message().acceptedAt().toInstant(), attempt.at().plusMillis(attempt.ms()));
            untilDelivered.record(delay);
            delays.record(RouterDelays.DELIVERED, delay.toMillis());
        }
    }

    void evaluated(Filter.Outcome outcome) {
        Counter.builder("masterdeal.router.filters")
                .description(
                        "Events by the result of the subscription's filter; failed: the filter could not be evaluated")
                .tag("subscription", subscription)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void deadLettered(String reason) {
        Counter.builder("masterdeal.router.dead.letters")
                .description("Deliveries that were given up and wait for an operator")
                .tag("subscription", subscription)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
