package io.masterdeal.service.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.store.FactStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    IntakeMeters intakeMeters(MeterRegistry registry) {
        return new IntakeMeters(registry);
    }

    @Bean(destroyMethod = "")
    Intake intake(
            KafkaClients clients,
            EventCatalog catalog,
            EventSerde serde,
            FactStore store,
            Producer<byte[], byte[]> producer,
            Clock clock,
            IntakeMeters meters) {
        RefusedRecords refused = new RefusedRecords(catalog, serde, producer, clock, meters);
        return new Intake(clients.intakeConsumer(), topics(catalog), serde, store, refused, meters);
    }

    @Bean
    IntakeProgress intakeProgress(Admin admin, KafkaClients clients, EventCatalog catalog) {
        return new IntakeProgress(admin, clients.group(), topics(catalog));
    }

    @Bean(destroyMethod = "")
    FoldWorker foldWorker(FactStore store) {
        return new FoldWorker(store);
    }

    @Bean
    Intaking intaking(Intake intake, FoldWorker foldWorker) {
        return new Intaking(intake, foldWorker);
    }

    private static List<String> topics(EventCatalog catalog) {
        return catalog.domains().stream().map(domain -> domain + ".events").toList();
    }
}
