package io.masterdeal.service.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.store.ChangeMessages;
import io.masterdeal.service.store.FactStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

    @Bean
    ChangeMessages changeMessages(EventCatalog catalog, EventSerde serde, RuleSet rules, Clock clock) {
        return new CanonicalEvents(catalog, serde, rules, clock);
    }

    @Bean
    RelayConnection relayConnection(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username}") String user,
            @Value("${spring.datasource.password}") String password,
            @Value("${masterdeal.schema:service}") String schema) {
        return new RelayConnection(url, user, password, schema);
    }

    @Bean
    RelaySlot relaySlot(
            DataSource dataSource,
            @Value("${masterdeal.relay.slot:masterdeal_service}") String name,
            FactStore store,
            MeterRegistry meters) {
        RelaySlot slot = new RelaySlot(dataSource, name, store::republish);
        Gauge.builder("masterdeal.relay.incidents", slot, RelaySlot::incidents)
                .description("How often the replication slot was lost and every deal published anew")
                .register(meters);
        return slot;
    }

    /** Its own, for it may wait for Kafka longer than others. */
    record RelayProducer(Producer<byte[], byte[]> producer) implements AutoCloseable {

        /** What is still on its way is not confirmed, and comes again. */
        @Override
        public void close() {
            producer.close(Duration.ofSeconds(5));
        }
    }

    @Bean
    RelayProducer relayProducer(KafkaClients clients) {
        return new RelayProducer(clients.persistentProducer());
    }

    @Bean(destroyMethod = "")
    Relay relay(RelayConnection connection, RelaySlot slot, RelayProducer producer, MeterRegistry meters) {
        return new Relay(connection, slot, producer.producer(), meters);
    }

    @Bean
    Publishing publishing(RelaySlot slot, Relay relay) {
        return new Publishing(slot, relay);
    }
}
