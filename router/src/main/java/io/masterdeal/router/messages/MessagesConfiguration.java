package io.masterdeal.router.messages;

import io.masterdeal.role.database.Transactions;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MessagesConfiguration {

    @Bean
    MessageQueries messageQueries(Transactions transactions) {
        return new MessageQueries(transactions);
    }

    @Bean
    CommittedFacts committedFacts(@Value("${masterdeal.service.url:}") String service) {
        return new CommittedFacts(service.isEmpty() ? null : URI.create(service));
    }
}
