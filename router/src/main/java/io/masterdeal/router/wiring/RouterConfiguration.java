package io.masterdeal.router.wiring;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Limits;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.delay.Delays;
import io.masterdeal.role.http.BodyLimits;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.router.deadletter.ErrorOutbox;
import io.masterdeal.router.delivery.SigningSecrets;
import io.masterdeal.router.delivery.SinkQueues;
import io.masterdeal.router.delivery.SinkSenders;
import io.masterdeal.router.delivery.SubscriptionWorkers;
import io.masterdeal.router.intake.Positions;
import io.masterdeal.router.intake.StartOffsets;
import io.masterdeal.router.intake.TopicIntake;
import io.masterdeal.router.kafka.RouterClients;
import io.masterdeal.router.ledger.Acceptance;
import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.LeaderEpoch;
import io.masterdeal.router.ledger.OutcomeTable;
import io.masterdeal.router.ledger.TimePartitions;
import io.masterdeal.router.routes.OptionalRouteEngine;
import io.masterdeal.router.subscription.AllowedSinks;
import io.masterdeal.router.subscription.SubscriptionRules;
import io.masterdeal.router.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class RouterConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RouterClients routerClients(KafkaSettings settings) {
        return new RouterClients(settings);
    }

    @Bean
    Producer<byte[], byte[]> producer(RouterClients clients) {
        return clients.producer();
    }

    /** An event to explain is part of a request body; a subscription contains its filter and its template. */
    @Bean
    BodyLimits bodyLimits() {
        return BodyLimits.STANDARD
                .and("/routes/explain", Limits.EVENT_BYTES + 1024)
                .and("/subscriptions/{name}", 256 * 1024);
    }

    @Bean
    AccessPolicy accessPolicy() {
        return AccessPolicy.readOrOperate(Set.of("/routes/explain"));
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
    SinkSenders senders(
            @Value("${masterdeal.router.secrets}") Path secrets,
            Producer<byte[], byte[]> producer,
            SinkQueues queues,
            OptionalRouteEngine engine,
            Clock clock,
            AllowedSinks allowed) {
        return new SinkSenders(new SigningSecrets(secrets), producer, queues, engine, clock, allowed);
    }

    @Bean
    SubscriptionWorkers workers(
            Subscriptions subscriptions,
            Transactions transactions,
            SinkSenders senders,
            LeaderEpoch epoch,
            Clock clock,
            MeterRegistry meters,
            Delays delays) {
        return new SubscriptionWorkers(
                subscriptions,
                senders,
                new Backlog(transactions),
                new OutcomeTable(transactions, epoch),
                clock,
                meters,
                delays);
    }

    @Bean
    LeaderEpoch epoch(Transactions transactions) {
        return new LeaderEpoch(transactions);
    }

    @Bean
    Positions positions(Transactions transactions) {
        return new Positions(transactions);
    }

    @Bean
    StartOffsets startOffsets(RouterClients clients, EventCatalog catalog, Positions positions) {
        return new StartOffsets(clients, catalog, positions);
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
            SubscriptionWorkers workers,
            OptionalRouteEngine engine,
            TimePartitions days,
            LeaderEpoch epoch,
            Delays delays) {
        return new Routing(
                () -> new TopicIntake(clients, catalog, serde, positions, parts.acceptance(), workers, delays),
                parts::outbox,
                workers,
                engine,
                days,
                epoch);
    }

    /** Creates the parts that each leadership needs new. */
    record RoutingParts(
            Transactions transactions,
            Subscriptions subscriptions,
            LeaderEpoch epoch,
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock) {

        Acceptance acceptance() {
            return new Acceptance(transactions, subscriptions, epoch);
        }

        ErrorOutbox outbox() {
            return new ErrorOutbox(transactions, catalog, serde, producer, clock);
        }
    }

    @Bean
    RoutingParts routingParts(
            Transactions transactions,
            Subscriptions subscriptions,
            LeaderEpoch epoch,
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock) {
        return new RoutingParts(transactions, subscriptions, epoch, catalog, serde, producer, clock);
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
            StartOffsets startOffsets,
            Leadership leadership) {
        return new RouterLifecycle(topics, subscriptions, file, startOffsets, leadership);
    }
}
