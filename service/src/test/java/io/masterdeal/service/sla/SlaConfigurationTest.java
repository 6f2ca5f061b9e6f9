package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.InvalidSlaFileException;
import org.junit.jupiter.api.Test;

/** Which policies and calendars a service uses. */
class SlaConfigurationTest {

    private static final RuleSet OWN_STAGES = RuleSets.parse("own.yaml", """
            name: own
            version: 1
            kinds:
              crm:deal: {order: [Deal Created]}
            stages:
              - stage: opened
                when: {ever: {is: Deal Created}}
            """);

    private final SlaConfiguration configuration = new SlaConfiguration();

    @Test
    void the_bundled_policies_are_used_where_they_fit() {
        assertThat(configuration
                        .slaEvaluator(RuleSets.load("default"), "", "default")
                        .label())
                .isEqualTo("default@1");
    }

    @Test
    void a_company_with_stages_of_its_own_has_no_clocks_until_it_writes_policies() {
        assertThat(configuration.slaEvaluator(OWN_STAGES, "", "default").label())
                .isEqualTo("none@0");
    }

    @Test
    void clocks_can_be_switched_off() {
        SlaEvaluator evaluator = configuration.slaEvaluator(RuleSets.load("default"), "none", "no-such.yaml");

        assertThat(evaluator.label()).isEqualTo("none@0");
        assertThat(evaluator.policies()).isEmpty();
    }

    @Test
    void files_that_were_chosen_are_never_passed_over() {
        assertThatThrownBy(() -> configuration.slaEvaluator(OWN_STAGES, "default", "default"))
                .isInstanceOf(InvalidSlaFileException.class);
        assertThatThrownBy(() -> configuration.slaEvaluator(RuleSets.load("default"), "", "no-such.yaml"))
                .hasMessageStartingWith("no-such.yaml:1: there is no such file");
    }
}
