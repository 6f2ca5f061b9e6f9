package io.masterdeal.service;

import io.masterdeal.effects.EffectsConfiguration;
import io.masterdeal.facts.FactsConfiguration;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.OperationConfiguration;
import io.masterdeal.role.operation.OperationParts;
import io.masterdeal.role.operation.OperatorActions;
import io.masterdeal.rulesets.RuleSetFile;
import io.masterdeal.rulesets.RuleSets;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the service gets from other modules, which its component scan does not cover. */
@Configuration(proxyBeanMethods = false)
@Import({FactsConfiguration.class, EffectsConfiguration.class, OperationConfiguration.class})
class PartsConfiguration {

    /** Read once, so that the text is that of the rule set in use even if the file is changed meanwhile. */
    @Bean
    RuleSetFile ruleSetFile(@Value("${masterdeal.rules:default}") String nameOrFile) {
        return RuleSets.loadFile(nameOrFile);
    }

    @Bean
    RuleSet ruleSet(RuleSetFile file) {
        return file.rules();
    }

    @Bean
    OperationParts operationParts(DataSource dataSource, MeterRegistry meters) {
        return new OperationParts(
                new Transactions(dataSource, meters),
                new OperatorActions(new OperatorActions.Columns("acted_by", "acted_at", "items")));
    }
}
