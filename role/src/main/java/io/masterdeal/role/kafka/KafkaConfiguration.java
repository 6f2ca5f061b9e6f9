package io.masterdeal.role.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.contracts.kafka.Topics.Keeping;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.SchemaRegistry;
import io.masterdeal.role.settings.RequiredSetting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What a role needs that works with events in Kafka: the settings, the catalog of event types, the schema registry, the topics and the
 * health component {@code kafka}. It makes its producers and consumers itself, with {@link KafkaClientFactory}.
 */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        RequiredSetting.read(environment, "masterdeal.kafka.bootstrap-servers");
        return Binder.get(environment)
                .bind("masterdeal.kafka", KafkaSettings.class)
                .get();
    }

    @Bean
    EventCatalog eventCatalog(@Value("${masterdeal.catalog:}") String directory) {
        return directory.isEmpty() ? EventCatalog.bundled() : EventCatalog.load(Path.of(directory));
    }

    @Bean
    SchemaRegistry schemaRegistry(Environment environment) {
        return new HttpSchemaRegistry(URI.create(RequiredSetting.read(environment, "masterdeal.registry.url")));
    }

    @Bean
    EventSerde eventSerde(EventCatalog catalog, SchemaRegistry registry) {
        return new EventSerde(catalog, registry);
    }

    @Bean
    Admin admin(KafkaSettings settings) {
        return KafkaClientFactory.admin(settings.common());
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
}
