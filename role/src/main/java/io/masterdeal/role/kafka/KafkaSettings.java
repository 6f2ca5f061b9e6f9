package io.masterdeal.role.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is ({@code masterdeal.kafka.*}).
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param client properties every client gets, above all those of security ({@code masterdeal.kafka.client.*})
 * @param group the consumer group of the role, if it has one and is not to use its own name for it
 */
@ConfigurationProperties("masterdeal.kafka")
public record KafkaSettings(
        String bootstrapServers,
        @DefaultValue Map<String, String> client,
        @Nullable String group) {

    /** What every client is told. */
    public Map<String, Object> common() {
        return new HashMap<>(texts());
    }

    /** The same as texts, as a library wants them that makes the clients itself. */
    public Map<String, String> texts() {
        Map<String, String> properties = new HashMap<>(client);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
