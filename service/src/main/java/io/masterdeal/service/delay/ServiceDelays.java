package io.masterdeal.service.delay;

import io.masterdeal.role.delay.DelayController;
import io.masterdeal.role.delay.DelayStep;
import io.masterdeal.role.delay.Delays;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The steps of an event's way through the service. The router measures those after them. */
@Configuration(proxyBeanMethods = false)
@Import(DelayController.class)
public class ServiceDelays {

    /** From the time that an event gives to its acceptance by the gateway. */
    public static final DelayStep ACCEPTED = new DelayStep(
            "occurred",
            "accepted",
            "from what happened to the acceptance of its event by the gateway; replayed events are left out");

    /** From the acceptance of an event to the commit of its fact, and of the answers that it changes. */
    public static final DelayStep COMMITTED =
            new DelayStep("accepted", "committed", "from the acceptance of an event to the commit of what it changes");

    /** From the commit of an answer to the acknowledgement of its canonical event by Kafka. */
    public static final DelayStep PUBLISHED = new DelayStep(
            "committed", "published", "from the commit of an answer to the acknowledgement of its event by Kafka");

    /** The delays of a service process, none so far. */
    public static Delays of(MeterRegistry meters, Clock clock) {
        return new Delays(meters, clock, List.of(ACCEPTED, COMMITTED, PUBLISHED));
    }

    @Bean
    Delays delays(MeterRegistry meters, Clock clock) {
        return of(meters, clock);
    }
}
