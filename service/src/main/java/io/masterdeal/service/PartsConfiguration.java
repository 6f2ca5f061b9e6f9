package io.masterdeal.service;

import io.masterdeal.effects.EffectsConfiguration;
import io.masterdeal.facts.FactsConfiguration;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the service gets from other modules, which its component scan does not cover. */
@Configuration(proxyBeanMethods = false)
@Import({FactsConfiguration.class, EffectsConfiguration.class})
class PartsConfiguration {

    @Bean
    RuleSet ruleSet(@Value("${masterdeal.rules:default}") String nameOrFile) {
        return RuleSets.load(nameOrFile);
    }
}
