package io.masterdeal.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code masterdeal}.
 *
 * @param apiKeys directory of the API keys; required
 * @param gateway where the gateway is
 * @param kafka where Kafka is
 * @param registry where the schema registry is
 * @param sandbox what is the sandbox's own
 * @param catalog directory with event types beside the bundled ones; null if there are none
 */
@ConfigurationProperties("masterdeal")
record SandboxSettings(
        @Nullable Path apiKeys,
        @DefaultValue Gateway gateway,
        @DefaultValue Kafka kafka,
        @DefaultValue Registry registry,
        @DefaultValue Sandbox sandbox,
        @Nullable String catalog) {

    /**
     * Settings under {@code masterdeal.gateway}.
     *
     * @param url base address; required
     */
    record Gateway(@Nullable URI url) {}

    /**
     * Settings under {@code masterdeal.kafka}.
     *
     * @param bootstrapServers HOST:PORT, several with commas between; null if there is no Kafka
     * @param client what clients need beside the address
     */
    record Kafka(
            @Nullable String bootstrapServers, @DefaultValue Map<String, String> client) {
        /** Shows no value of the client's settings: there are passwords among them. */
        @Override
        public String toString() {
            return "Kafka[" + bootstrapServers + ", " + client.keySet() + "]";
        }
    }

    /**
     * Settings under {@code masterdeal.registry}.
     *
     * @param url base of the Confluent-compatible API; null if there is none
     */
    record Registry(@Nullable URI url) {
        /** Shows no address: it may have a password in it. */
        @Override
        public String toString() {
            return "Registry[]";
        }
    }

    /**
     * Settings under {@code masterdeal.sandbox}.
     *
     * @param pace factor for the waits of people
     * @param patience how long they wait for something
     * @param keepEvents how many events are remembered
     */
    record Sandbox(
            @DefaultValue("1.0") double pace,
            @DefaultValue("10s") Duration patience,
            @DefaultValue("250000") int keepEvents) {}

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("the sandbox needs the setting " + name);
        }
        return value;
    }
}
