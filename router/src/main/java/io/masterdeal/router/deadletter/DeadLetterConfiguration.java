package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Transactions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

    @Bean
    DeadLetters deadLetters(Transactions transactions, @Value("${masterdeal.router.most-replays:5}") int mostReplays) {
        return new DeadLetters(transactions, mostReplays);
    }
}
