package io.masterdeal.service.store;

import io.masterdeal.model.rules.RuleSet;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    FactStore factStore(
            DataSource dataSource, RuleSet rules, ChangeMessages messages, Reactions reactions, MeterRegistry meters) {
        return new FactStore(dataSource, rules, messages, reactions, meters);
    }

    @Bean
    FoldHealth folds(FactStore store) {
        return new FoldHealth(store);
    }
}
