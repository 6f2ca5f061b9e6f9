package io.masterdeal.service.kafka;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is ({@code masterdeal.kafka.*}).
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param client properties every client gets, above all those of security ({@code masterdeal.kafka.client.*})
 * @param group the consumer group of the intake: all service processes of one database share it
 */
@ConfigurationProperties("masterdeal.kafka")
public record KafkaSettings(
        String bootstrapServers,
        @DefaultValue Map<String, String> client,
        @DefaultValue("masterdeal-service") String group) {

    /** Without secrets. */
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
