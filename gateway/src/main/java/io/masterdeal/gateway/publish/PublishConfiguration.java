package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.SchemaRegistry;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the {@link EventPublisher} and what it needs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublishSettings.class)
public class PublishConfiguration {
    @Bean
    EventCatalog eventCatalog(PublishSettings settings) {
        return settings.catalog() == null ? EventCatalog.bundled() : EventCatalog.load(Path.of(settings.catalog()));
    }

    @Bean
    SchemaRegistry schemaRegistry(PublishSettings settings) {
        String url = PublishSettings.required(settings.registry().url(), "masterdeal.registry.url");
        return new HttpSchemaRegistry(URI.create(url));
    }

    @Bean
    KafkaClients kafkaClients(PublishSettings settings) {
        return new KafkaClients(settings.kafka());
    }

    @Bean
    EventPublisher eventPublisher(EventCatalog catalog, SchemaRegistry registry, KafkaClients clients) {
        return new EventPublisher(new EventSerde(catalog, new FailFastRegistry(registry)), clients.producer());
    }

    @Bean
    TopicsAtStart topicsAtStart(KafkaClients clients, EventCatalog catalog, PublishSettings settings) {
        return new TopicsAtStart(clients.admin(), catalog, settings.topics());
    }

    @Bean
    SchemaRegistration schemaRegistration(SchemaRegistry registry, EventCatalog catalog) {
        return new SchemaRegistration(registry, catalog);
    }

    /** Its name is the one of the component in the health endpoint. */
    @Bean
    KafkaHealth kafka(KafkaClients clients) {
        return new KafkaHealth(clients.admin());
    }
}
