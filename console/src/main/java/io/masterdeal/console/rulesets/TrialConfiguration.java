package io.masterdeal.console.rulesets;

import io.masterdeal.role.http.BodyLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TrialConfiguration {

    /** A rule set as the service takes it, in the encoding of a form, which makes three characters of many. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD
                .and("/rules/what-if", 3 * 256 * 1024)
                .and("/subscriptions/explain", 3 * BodyLimits.DEFAULT);
    }
}
