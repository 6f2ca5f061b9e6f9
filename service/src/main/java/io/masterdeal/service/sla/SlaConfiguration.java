package io.masterdeal.service.sla;

import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaPolicySet;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.rulesets.sla.InvalidSlaFileException;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SlaConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SlaConfiguration.class);

    /** In the place of policies: deals have no clocks. */
    private static final String NONE = "none";

    /** Policies and rule sets are part of a request to try them. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD.and(SlaTrialController.PATH, 256 * 1024).and("/what-if", 256 * 1024);
    }

    @Bean
    CalendarsInUse calendarsInUse(@Value("${masterdeal.service.sla.calendars:default}") String calendars) {
        return new CalendarsInUse(SlaFiles.loadCalendars(calendars));
    }

    /** The bundled policies are for the bundled stages; a company with stages of its own has no clocks until it writes policies. */
    @Bean
    SlaEvaluator slaEvaluator(
            RuleSet rules,
            @Value("${masterdeal.service.sla.policies:}") String policies,
            @Value("${masterdeal.service.sla.calendars:default}") String calendars) {
        if (policies.equals(NONE)) {
            return without(rules);
        }
        boolean chosen = !policies.isEmpty() || !calendars.equals(SlaFiles.DEFAULT);
        if (chosen) {
            return SlaFiles.load(policies.isEmpty() ? SlaFiles.DEFAULT : policies, calendars, rules);
        }
        try {
            return SlaFiles.load(SlaFiles.DEFAULT, SlaFiles.DEFAULT, rules);
        } catch (InvalidSlaFileException e) {
            log.warn(
                    "The bundled SLA policies do not fit the rule set {}, so deals have no clocks. Write policies for it, and name"
                            + " their file in masterdeal.service.sla.policies. ({})",
                    rules.label(),
                    e.getMessage());
            return without(rules);
        }
    }

    private static SlaEvaluator without(RuleSet rules) {
        return new SlaEvaluator(rules, new SlaPolicySet(NONE, 0, List.of()), Map.of());
    }

    @Bean
    SlaTerms slaTerms(
            SlaEvaluator evaluator,
            @Value("${masterdeal.service.sla.max-age:24h}") Duration maxAge,
            Clock clock,
            ObjectProvider<SlaTasks> tasks) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("masterdeal.service.sla.max-age is 0s or more, not " + maxAge);
        }
        return new SlaTerms(evaluator, maxAge, clock, tasks.getIfAvailable(() -> SlaTasks.NONE));
    }

    @Bean(destroyMethod = "")
    DeadlineWorker deadlineWorker(FactStore store) {
        return new DeadlineWorker(store);
    }
}
