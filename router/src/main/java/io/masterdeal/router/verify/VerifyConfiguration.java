package io.masterdeal.router.verify;

import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.router.kafka.RouterClients;
import io.masterdeal.router.subscription.Subscriptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VerifyConfiguration {

    @Bean
    LedgerCheck ledgerCheck(Transactions transactions) {
        return new LedgerCheck(transactions);
    }

    @Bean
    KafkaCheck kafkaCheck(
            Transactions transactions, Subscriptions subscriptions, RouterClients clients, EventSerde serde) {
        return new KafkaCheck(transactions, subscriptions, clients, serde);
    }
}
