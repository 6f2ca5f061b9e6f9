package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.OperationConfiguration;
import io.masterdeal.role.operation.OperationParts;
import io.masterdeal.role.operation.Operations;
import io.masterdeal.role.operation.OperatorActions;
import io.masterdeal.router.delivery.SubscriptionWorkers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(OperationConfiguration.class)
class DeadLetterConfiguration {

    @Bean
    OperationParts operationParts(Transactions transactions) {
        return new OperationParts(
                transactions,
                new OperatorActions(new OperatorActions.Columns("changed_by", "changed_at", "deliveries")));
    }

    @Bean
    DeadLetters deadLetters(Transactions transactions) {
        return new DeadLetters(transactions);
    }

    @Bean
    DecisionWork decisionWork(
            SubscriptionWorkers workers, @Value("${masterdeal.router.most-replays:5}") int mostReplays) {
        return new DecisionWork(mostReplays, workers::wake);
    }

    @Bean
    Decisions decisions(Transactions transactions, Operations operations, DecisionWork work) {
        return new Decisions(transactions, operations, work);
    }
}
