package io.masterdeal.service.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.contracts.kafka.Topics.Keeping;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.SchemaRegistry;
import io.masterdeal.role.kafka.KafkaHealth;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
class KafkaConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventCatalog eventCatalog(@Value("${masterdeal.catalog:}") String directory) {
        return directory.isEmpty() ? EventCatalog.bundled() : EventCatalog.load(Path.of(directory));
    }

    @Bean
    SchemaRegistry schemaRegistry(@Value("${masterdeal.registry.url}") URI url) {
        return new HttpSchemaRegistry(url);
    }

    @Bean
    EventSerde eventSerde(EventCatalog catalog, SchemaRegistry registry) {
        return new EventSerde(catalog, registry);
    }

    @Bean
    KafkaClients kafkaClients(KafkaSettings settings) {
        return new KafkaClients(settings);
    }

    @Bean
    Producer<byte[], byte[]> producer(KafkaClients clients) {
        return clients.producer();
    }

    @Bean
    Admin admin(KafkaClients clients) {
        return clients.admin();
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

    @Bean
    KafkaHealth kafkaHealthIndicator(Admin admin) {
        return new KafkaHealth(admin);
    }

    /** What Kafka's client measures of itself, how far it lags above all. */
    @Bean(destroyMethod = "close")
    KafkaClientMetrics producerMetrics(Producer<byte[], byte[]> producer, MeterRegistry registry) {
        KafkaClientMetrics metrics = new KafkaClientMetrics(producer);
        metrics.bindTo(registry);
        return metrics;
    }
}
