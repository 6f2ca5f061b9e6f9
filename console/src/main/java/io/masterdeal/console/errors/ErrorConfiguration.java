package io.masterdeal.console.errors;

import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.kafka.KafkaSettings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErrorConfiguration {

    @Bean
    ErrorStore errorStore(DataSource dataSource) {
        return new ErrorStore(dataSource);
    }

    @Bean
    ErrorGroups errorGroups(ErrorStore store) {
        return new ErrorGroups(store);
    }

    @Bean
    ErrorIntake errorIntake(KafkaSettings settings, EventSerde serde, ErrorStore store, Clock clock) {
        return new ErrorIntake(settings, serde, store, clock);
    }
}
