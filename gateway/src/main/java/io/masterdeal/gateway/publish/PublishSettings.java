package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.kafka.Topics.Keeping;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code masterdeal}.
 *
 * @param kafka where Kafka is and how to log in
 * @param registry where the schema registry is
 * @param topics form of the topics that are not there yet
 * @param catalog directory with event types beside the bundled ones; null if there are none
 */
@ConfigurationProperties("masterdeal")
record PublishSettings(
        @DefaultValue Kafka kafka,
        @DefaultValue Registry registry,
        @DefaultValue Topics topics,
        @Nullable String catalog) {

    /**
     * Settings under {@code masterdeal.kafka}.
     *
     * @param bootstrapServers HOST:PORT, several with commas between; required
     * @param propertiesFile Java properties for Kafka's clients, readable by its owner only; null if there are none
     * @param client more of these, and they win
     */
    record Kafka(
            @Nullable String bootstrapServers,
            @Nullable String propertiesFile,
            @DefaultValue Map<String, String> client) {
        /** Shows no value of the client's settings: there are passwords among them. */
        @Override
        public String toString() {
            return "Kafka[" + bootstrapServers + ", " + propertiesFile + ", " + client.keySet() + "]";
        }
    }

    /**
     * Settings under {@code masterdeal.registry}.
     *
     * @param url base of the Confluent-compatible API; required
     */
    record Registry(@Nullable String url) {
        /** Shows no address: it may have a password in it. */
        @Override
        public String toString() {
            return "Registry[]";
        }
    }

    /**
     * Settings under {@code masterdeal.topics}.
     *
     * @param partitions number of partitions of a topic
     * @param replicationFactor number of copies of a partition
     * @param retention how long a topic keeps events
     * @param errorRetention how long {@code error.events} keeps them
     */
    record Topics(
            @DefaultValue("3") int partitions,
            @DefaultValue("1") short replicationFactor,
            @DefaultValue(Keeping.EVENTS_DEFAULT) Duration retention,
            @DefaultValue(Keeping.ERRORS_DEFAULT) Duration errorRetention) {}

    static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the gateway needs the setting " + name);
        }
        return value;
    }
}
