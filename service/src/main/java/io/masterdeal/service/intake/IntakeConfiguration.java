package io.masterdeal.service.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.facts.FactStore;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.delay.Delays;
import io.masterdeal.service.kafka.KafkaClients;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    IntakeMeters intakeMeters(MeterRegistry registry, Delays delays) {
        return new IntakeMeters(registry, delays);
    }

    @Bean
    IntakeConsumers intakeConsumers(
            KafkaClients clients, MeterRegistry registry, @Value("${masterdeal.intake.shared:false}") boolean shared) {
        return new IntakeConsumers(() -> clients.intakeConsumer(shared), registry);
    }

    @Bean
    IntakeLimits intakeLimits(@Value("${masterdeal.intake.lanes:3}") int lanes) {
        return IntakeLimits.ofLanes(lanes);
    }

    @Bean
    InputPositions inputPositions(DataSource dataSource, MeterRegistry registry, KafkaClients clients) {
        return new InputPositions(new Transactions(dataSource, registry), clients.group());
    }

    @Bean
    IntakeIncidents intakeIncidents(DataSource dataSource, MeterRegistry registry, KafkaClients clients) {
        return new IntakeIncidents(new Transactions(dataSource, registry), clients.group(), registry);
    }

    @Bean
    ReadingPlaces readingPlaces(
            InputPositions positions,
            IntakeIncidents incidents,
            Admin admin,
            EventCatalog catalog,
            IntakeMeters meters) {
        return new ReadingPlaces(positions, incidents, new TopicLook(admin), topics(catalog), meters);
    }

    @Bean
    RecordReader recordReader(
            EventSerde serde,
            @Value("${" + VersionLimits.AHEAD_SETTING + ":" + VersionLimits.AHEAD_DEFAULT + "}") Duration ahead) {
        return new RecordReader(serde, new VersionLimits(ahead));
    }

    @Bean
    RefusedRecords refusedRecords(
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock,
            IntakeMeters meters) {
        return new RefusedRecords(catalog, serde, producer, clock, meters);
    }

    @Bean
    BatchStorage batchStorage(
            FactStore store,
            InputPositions positions,
            RefusedRecords refused,
            IntakeMeters meters,
            IntakeLimits limits) {
        return new BatchStorage(store, positions, refused, meters, limits);
    }

    @Bean(destroyMethod = "")
    Intake intake(
            IntakeConsumers consumers,
            EventCatalog catalog,
            RecordReader records,
            BatchStorage storage,
            ReadingPlaces places,
            IntakeMeters meters,
            IntakeLimits limits) {
        return new Intake(consumers, topics(catalog), records, storage, places, meters, limits);
    }

    @Bean
    IntakeProgress intakeProgress(Admin admin, InputPositions positions, EventCatalog catalog) {
        return new IntakeProgress(admin, positions, topics(catalog));
    }

    @Bean
    IntakeDecisions intakeDecisions(
            DataSource dataSource,
            MeterRegistry registry,
            KafkaClients clients,
            IntakeIncidents incidents,
            Admin admin,
            EventCatalog catalog) {
        return new IntakeDecisions(
                new Transactions(dataSource, registry),
                clients.group(),
                incidents,
                new TopicLook(admin),
                topics(catalog));
    }

    @Bean(destroyMethod = "")
    FoldWorker foldWorker(FactStore store, MeterRegistry registry) {
        Gauge.builder("masterdeal.store.pending.folds", store, FactStore::pending)
                .description("Deals that wait to be folded")
                .register(registry);
        Gauge.builder("masterdeal.store.failing.folds", store, FactStore::failing)
                .description("Deals that cannot be folded; the log and pending_folds.failure tell why")
                .register(registry);
        return new FoldWorker(store);
    }

    @Bean
    IntakeLifecycle intakeLifecycle(
            Intake intake,
            FoldWorker foldWorker,
            IntakeMeters meters,
            @Value("${masterdeal.intake.enabled:true}") boolean enabled) {
        return new IntakeLifecycle(intake, foldWorker, meters, enabled);
    }

    private static List<String> topics(EventCatalog catalog) {
        return catalog.domains().stream().map(domain -> domain + ".events").toList();
    }
}
