package io.masterdeal.router.delay;

import io.masterdeal.role.delay.DelayController;
import io.masterdeal.role.delay.DelayStep;
import io.masterdeal.role.delay.Delays;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The steps of an event's way through the router, which come after those of the service. */
@Configuration(proxyBeanMethods = false)
@Import(DelayController.class)
public class RouterDelays {

    /** From Kafka into the ledger: events of the systems, and canonical ones. */
    public static final DelayStep READ =
            new DelayStep("published", "read", "from the time of an event's Kafka record to its entry in the ledger");

    /** From the ledger to the sink. */
    public static final DelayStep DELIVERED = new DelayStep(
            "read", "delivered", "from the entry in the ledger to the answer of the sink that accepted the event");

    /** The delays of a router process, none so far. */
    public static Delays of(MeterRegistry meters, Clock clock) {
        return new Delays(meters, clock, List.of(READ, DELIVERED));
    }

    @Bean
    Delays delays(MeterRegistry meters, Clock clock) {
        return of(meters, clock);
    }
}
