package io.masterdeal.sandbox.rest;

import io.masterdeal.role.access.AccessConfiguration;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.publish.Publishers;
import io.masterdeal.sandbox.system.SystemApis;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Creates the REST API of the systems. */
@Configuration(proxyBeanMethods = false)
public class RestConfiguration {
    private static final int MOST_EVENT_BYTES = 8 * 1024 * 1024;
    private static final int MOST_UNSENT = 100_000;
    private static final Set<String> OF_SUBSCRIBERS = Set.of("context", "notifications");
    private static final Set<String> MEASURERS = Set.of(AccessPolicy.OPERATOR, AccessPolicy.READER);

    /** Any key at the systems and the context, the operator's at their control. Notifications have a signature instead. */
    @Bean
    AccessPolicy accessPolicy(FaultInjections faults) {
        Set<String> systems = faults.all().keySet();
        UnaryOperator<String> refusal = _ -> "This is for the key of the operator.";
        return AccessPolicy.withHint("Give a key: Authorization: Bearer KEY.")
                .open(Paths::isNotification)
                .anyKey(first(it -> systems.contains(it) || OF_SUBSCRIBERS.contains(it)))
                .keys(first("actuator"::equals), MEASURERS::contains, refusal)
                .keys(_ -> true, AccessPolicy.OPERATOR::equals, refusal);
    }

    /** Before the faults that are injected into the systems. */
    @Bean
    AccessConfiguration.Order accessOrder() {
        return new AccessConfiguration.Order(Ordered.HIGHEST_PRECEDENCE + 100);
    }

    private static Predicate<HttpServletRequest> first(Predicate<String> segment) {
        return AccessPolicy.path(path -> segment.test(Paths.firstSegment(path)));
    }

    /** A canonical event contains the whole deal, so notifications may be larger. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD.and("/{system}/notifications", MOST_EVENT_BYTES);
    }

    @Bean
    FaultInjectionFilter faultInjectionFilter(
            FaultInjections faults, Clock clock, @Value("${masterdeal.sandbox.pace:1.0}") double pace) {
        return new FaultInjectionFilter(faults, clock, pace);
    }

    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    SystemsController systemsController(SystemApis apis, Publishers publishers) {
        return new SystemsController(apis, () -> publishers.unsent() > MOST_UNSENT);
    }
}
