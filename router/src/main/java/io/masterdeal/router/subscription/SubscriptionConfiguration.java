package io.masterdeal.router.subscription;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

    @Bean
    SubscriptionsHealth subscriptionsHealthIndicator(Subscriptions subscriptions, MeterRegistry meters) {
        Gauge.builder("masterdeal.router.stopped.subscriptions", subscriptions, SubscriptionConfiguration::stopped)
                .description("Subscriptions that were stopped because of their filter and wait for an operator")
                .register(meters);
        return new SubscriptionsHealth(subscriptions);
    }

    private static double stopped(Subscriptions subscriptions) {
        try {
            return subscriptions.now().active().stream()
                    .filter(it -> it.stopped() != null)
                    .count();
        } catch (SQLException _) {
            return Double.NaN; // Unknown at the moment.
        }
    }
}
