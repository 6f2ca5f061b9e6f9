package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Transactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    LedgerSums ledgerSums(Transactions transactions) {
        return new LedgerSums(transactions);
    }

    @Bean
    MessageCounts messageCounts(Transactions transactions) {
        return new MessageCounts(transactions);
    }
}
