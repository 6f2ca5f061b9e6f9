package io.masterdeal.router.wiring;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Limits;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.contracts.kafka.Topics.Keeping;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.role.kafka.KafkaHealth;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.router.deadletter.ErrorOutbox;
import io.masterdeal.router.delivery.Couriers;
import io.masterdeal.router.delivery.Senders;
import io.masterdeal.router.delivery.SigningSecrets;
import io.masterdeal.router.delivery.SinkQueues;
import io.masterdeal.router.intake.Begin;
import io.masterdeal.router.intake.Positions;
import io.masterdeal.router.intake.TopicReader;
import io.masterdeal.router.kafka.RouterClients;
import io.masterdeal.router.ledger.Acceptance;
import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.OutcomeTable;
import io.masterdeal.router.ledger.Term;
import io.masterdeal.router.ledger.TimePartitions;
import io.masterdeal.router.routes.Engine;
import io.masterdeal.router.subscription.AllowedSinks;
import io.masterdeal.router.subscription.SubscriptionRules;
import io.masterdeal.router.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
class RouterConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventCatalog eventCatalog(@Value("${masterdeal.catalog:}") String directory) {
        return directory.isEmpty() ? EventCatalog.bundled() : EventCatalog.load(Path.of(directory));
    }

    @Bean
    EventSerde eventSerde(EventCatalog catalog, @Value("${masterdeal.registry.url}") URI registry) {
        return new EventSerde(catalog, new HttpSchemaRegistry(registry));
    }

    @Bean
    RouterClients routerClients(KafkaSettings settings) {
        return new RouterClients(settings);
    }

    @Bean
    Producer<byte[], byte[]> producer(RouterClients clients) {
        return clients.producer();
    }

    @Bean
    Admin admin(RouterClients clients) {
        return clients.admin();
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(Admin admin) {
        return new KafkaHealth(admin);
    }

    @Bean
    TopicsAtStart topicsAtStart(
            Admin admin,
            EventCatalog catalog,
            @Value("${masterdeal.topics.partitions:3}/${masterdeal.topics.replication-factor:1}") String layout,
            @Value("${" + Keeping.EVENTS_SETTING + ":" + Keeping.EVENTS_DEFAULT + "}") Duration events,
            @Value("${" + Keeping.ERRORS_SETTING + ":" + Keeping.ERRORS_DEFAULT + "}") Duration errors) {
        return new TopicsAtStart(admin, catalog, Topics.Layout.parse(layout), new Keeping(events, errors));
    }

    /** An event to explain comes within a question; a subscription has its filter and its template in it. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD
                .and("/routes/explain", Limits.EVENT_BYTES + 1024)
                .and("/subscriptions/{name}", 256 * 1024);
    }

    @Bean
    AccessFilter accessFilter(@Value("${masterdeal.api-keys}") Path keys, JsonMapper json) {
        return new AccessFilter(keys, json, Set.of("/routes/explain"));
    }

    @Bean
    Transactions transactions(DataSource dataSource, MeterRegistry meters) {
        return new Transactions(dataSource, meters);
    }

    @Bean
    AllowedSinks allowedSinks(
            @Value("${" + AllowedSinks.SETTING + ":}") String sinks,
            @Value("${masterdeal.router.sinks.platform:}") String ofThePlatform,
            @Value("${" + AllowedSinks.TOPICS_SETTING + ":}") String topics) {
        return AllowedSinks.parse(sinks + "," + ofThePlatform, topics);
    }

    @Bean
    Subscriptions subscriptions(Transactions transactions, EventCatalog catalog, AllowedSinks sinks) {
        return new Subscriptions(transactions, new SubscriptionRules(catalog, sinks));
    }

    @Bean
    SinkQueues sinkQueues(Environment settings, KafkaSettings kafka, MeterRegistry meters) {
        return new SinkQueues(TaskQueues.broker(settings::getProperty, kafka.texts()), meters);
    }

    @Bean
    Senders senders(
            @Value("${masterdeal.router.secrets}") Path secrets,
            Producer<byte[], byte[]> producer,
            SinkQueues queues,
            Engine engine,
            Clock clock,
            AllowedSinks allowed) {
        return new Senders(new SigningSecrets(secrets), producer, queues, engine, clock, allowed);
    }

    @Bean
    Couriers couriers(
            Subscriptions subscriptions,
            Transactions transactions,
            Senders senders,
            Term term,
            Clock clock,
            MeterRegistry meters) {
        return new Couriers(
                subscriptions, senders, new Backlog(transactions), new OutcomeTable(transactions, term), clock, meters);
    }

    @Bean
    Term term(Transactions transactions) {
        return new Term(transactions);
    }

    @Bean
    Positions positions(Transactions transactions) {
        return new Positions(transactions);
    }

    @Bean
    Begin begin(RouterClients clients, EventCatalog catalog, Positions positions) {
        return new Begin(clients, catalog, positions);
    }

    @Bean
    TimePartitions timePartitions(Transactions transactions, @Value("${masterdeal.router.keep-days:30}") int keepDays) {
        return new TimePartitions(transactions, keepDays);
    }

    @Bean
    Routing routing(
            RouterClients clients,
            EventCatalog catalog,
            EventSerde serde,
            Positions positions,
            RoutingParts parts,
            Couriers couriers,
            Engine engine,
            TimePartitions days,
            Term term) {
        return new Routing(
                () -> new TopicReader(clients, catalog, serde, positions, parts.acceptance(), couriers),
                parts::outbox,
                couriers,
                engine,
                days,
                term);
    }

    /** What is made anew for each term of office. */
    record RoutingParts(
            Transactions transactions,
            Subscriptions subscriptions,
            Term term,
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock) {

        Acceptance acceptance() {
            return new Acceptance(transactions, subscriptions, term);
        }

        ErrorOutbox outbox() {
            return new ErrorOutbox(transactions, catalog, serde, producer, clock);
        }
    }

    @Bean
    RoutingParts routingParts(
            Transactions transactions,
            Subscriptions subscriptions,
            Term term,
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock) {
        return new RoutingParts(transactions, subscriptions, term, catalog, serde, producer, clock);
    }

    @Bean
    Leadership leadership(DataSource dataSource, Routing routing) {
        return new Leadership(dataSource, routing, new Lease(Leadership.LEASE_NAME, Leadership.LEASE));
    }

    @Bean
    RouterLifecycle routerLifecycle(
            TopicsAtStart topics,
            Subscriptions subscriptions,
            @Value("${masterdeal.router.subscriptions:}") String file,
            Begin begin,
            Leadership leadership) {
        return new RouterLifecycle(topics, subscriptions, file, begin, leadership);
    }
}
