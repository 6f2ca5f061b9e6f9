package io.masterdeal.service.query;

import io.masterdeal.role.database.ReaderProblems;
import io.masterdeal.role.database.Readers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

    @Bean
    Readers readers(
            DataSource writers,
            @Value("${masterdeal.readers.connections:6}") int connections,
            @Value("${masterdeal.readers.turn:2s}") Duration turn,
            @Value("${masterdeal.readers.answer:5s}") Duration answer,
            MeterRegistry meters) {
        return new Readers(writers, new Readers.Limits(connections, turn, answer), meters);
    }

    @Bean
    ReaderProblems readerProblems() {
        return new ReaderProblems();
    }
}
