package io.masterdeal.routes.servers;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.gateway.GatewayRole;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.Ports;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A gateway before Kafka and the registry, for all tests of the module; it stops with this JVM. */
public final class Infrastructure {

    private static @Nullable Infrastructure shared;

    private final Path root;

    private final int port;

    private @Nullable ConfigurableApplicationContext gateway;

    private Infrastructure(Path root) throws IOException {
        this.root = root;
        this.port = Ports.free();
        ApiKeys.generate(apiKeys(), List.copyOf(EventCatalog.bundled().domains()));
        openGateway();
    }

    /** The one of this test run. */
    public static synchronized Infrastructure shared() {
        if (shared == null) {
            try {
                Infrastructure started = new Infrastructure(TestServers.get().directory());
                Runtime.getRuntime().addShutdownHook(new Thread(started::closeGateway, "close-gateway"));
                shared = started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** The directory with the keys. */
    public Path apiKeys() {
        return root.resolve("keys");
    }

    /** Where the gateway is, or would be. */
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Stops the gateway. */
    public synchronized void closeGateway() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    /** Starts the gateway at the same address as before. */
    public synchronized void openGateway() {
        if (gateway != null) {
            return;
        }
        LocalAddresses at = TestServers.get().addresses();
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", port);
        settings.put("masterdeal.api-keys", apiKeys().toString());
        settings.put("masterdeal.kafka.bootstrap-servers", at.kafkaBootstrapServers());
        at.kafkaClientProperties().forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put("masterdeal.registry.url", at.registryUrl().toString());
        gateway = new SpringApplicationBuilder(GatewayRole.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)))
                .run();
    }

    /** The events about some objects, in the order of their topic. */
    public List<Event> events(String topic, String subjectsBeginWith) {
        LocalAddresses at = TestServers.get().addresses();
        EventSerde serde = new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(at.registryUrl()));
        Map<String, Object> client = TestServers.get().kafkaClient();
        List<Event> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> events.add(serde.deserialize(record)));
            }
        }
        events.removeIf(it -> !it.envelope().subject().startsWith(subjectsBeginWith));
        return events;
    }
}
