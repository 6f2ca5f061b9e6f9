package io.masterdeal.service;

import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RulesConfiguration {

    @Bean
    RuleSet ruleSet(@Value("${masterdeal.rules:default}") String nameOrFile) {
        return RuleSets.load(nameOrFile);
    }
}
