package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.SchemaRegistry;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.role.kafka.TopicsLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the {@link EventPublisher} and what it needs. */
@Configuration(proxyBeanMethods = false)
public class PublishConfiguration {
    @Bean
    EventProducer eventProducer(KafkaSettings settings) {
        return new EventProducer(settings);
    }

    @Bean
    EventPublisher eventPublisher(EventCatalog catalog, SchemaRegistry registry, EventProducer producer) {
        return new EventPublisher(new EventSerde(catalog, new FailFastRegistry(registry)), producer.producer());
    }

    @Bean
    TopicsLifecycle topicsLifecycle(TopicsAtStart topics) {
        return new TopicsLifecycle(topics);
    }

    @Bean
    SchemaRegistration schemaRegistration(SchemaRegistry registry, EventCatalog catalog) {
        return new SchemaRegistration(registry, catalog);
    }
}
