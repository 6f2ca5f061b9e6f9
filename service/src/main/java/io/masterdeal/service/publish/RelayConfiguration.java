package io.masterdeal.service.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.facts.FactStore;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.delay.Delays;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.role.replication.ReplicationSource;
import io.masterdeal.service.kafka.KafkaClients;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    CanonicalEvents canonicalEvents(EventCatalog catalog, EventSerde serde, RuleSet rules, Clock clock) {
        return new CanonicalEvents(catalog, serde, rules, clock);
    }

    @Bean
    ReplicationSource replicationSource(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username}") String user,
            @Value("${spring.datasource.password}") String password,
            @Value("${masterdeal.schema:service}") String schema) {
        return new ReplicationSource(url, user, password, schema, "masterdeal-relay");
    }

    @Bean
    RelaySlot relaySlot(
            DataSource dataSource,
            @Value("${masterdeal.relay.slot:masterdeal_service}") String name,
            FactStore store,
            MeterRegistry meters) {
        RelaySlot slot = new RelaySlot(dataSource, name, store::republish);
        Gauge.builder("masterdeal.relay.incidents", slot, RelaySlot::incidents)
                .description("How often the replication slot was lost and every deal published again")
                .register(meters);
        return slot;
    }

    @Bean(destroyMethod = "")
    Relay relay(
            ReplicationSource connection, RelaySlot slot, KafkaClients clients, Delays delays, MeterRegistry meters) {
        return new Relay(
                connection,
                slot,
                () -> clients.relayProducer("masterdeal-relay-" + slot.name()),
                new TopicComparison(new TopicTail(clients::reader), slot),
                new Lease(Relay.LEASE_NAME, Relay.LEASE),
                delays,
                meters);
    }

    @Bean
    ParkedQueries parkedQueries(JdbcClient jdbc, MeterRegistry meters) {
        ParkedQueries parked = new ParkedQueries(jdbc);
        Gauge.builder("masterdeal.relay.parked", parked, ParkedQueries::count)
                .description("Canonical events that Kafka refuses, and those of the same deals behind them")
                .register(meters);
        return parked;
    }

    @Bean
    ParkedHealth parked(ParkedQueries queries) {
        return new ParkedHealth(queries);
    }

    @Bean
    PublishLifecycle publishing(RelaySlot slot, Relay relay) {
        return new PublishLifecycle(slot, relay);
    }
}
