package io.masterdeal.sandbox.rest;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.publish.Publishers;
import io.masterdeal.sandbox.system.SystemApis;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the doors of the systems. */
@Configuration(proxyBeanMethods = false)
public class RestConfiguration {
    private static final int MOST_EVENT_BYTES = 8 * 1024 * 1024;
    private static final int MOST_UNSENT = 100_000;

    @Bean
    AccessFilter accessFilter(ApiKeys keys, FaultInjections faults) {
        return new AccessFilter(keys, faults.all().keySet());
    }

    /** A canonical event tells the whole deal. */
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
