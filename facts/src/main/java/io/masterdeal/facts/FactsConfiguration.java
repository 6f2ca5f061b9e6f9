package io.masterdeal.facts;

import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.PoolApart;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The facts in the application context of a role, which brings the rule set, the listeners and a data source. */
@Configuration(proxyBeanMethods = false)
public class FactsConfiguration {

    /** For the fold worker, for reading its progress, and for due clocks. */
    private static final int BESIDE_LANES = 3;

    /** The connections of the intake and of folds: neither effects nor queries can take them. */
    @Bean
    PoolApart storeConnections(
            DataSource others, @Value("${masterdeal.intake.lanes:3}") int lanes, MeterRegistry meters) {
        return new PoolApart(others, "store", Math.max(1, lanes) + BESIDE_LANES, meters, _ -> {});
    }

    @Bean
    FieldNames fieldNames(@Value("${" + FieldNames.SETTING + ":" + FieldNames.DEFAULT_LIST + "}") String names) {
        return FieldNames.parse(names);
    }

    @Bean
    FactStore factStore(
            PoolApart storeConnections,
            RuleSet rules,
            SlaTerms sla,
            FieldNames fields,
            List<DealListener<?>> listeners,
            Reactions reactions,
            MeterRegistry meters) {
        return new FactStore(storeConnections.connections(), rules, sla, fields, listeners, reactions, meters);
    }

    @Bean
    FoldHealth folds(FactStore store) {
        return new FoldHealth(store);
    }
}
