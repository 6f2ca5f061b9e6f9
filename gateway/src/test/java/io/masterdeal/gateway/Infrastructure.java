package io.masterdeal.gateway;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What lies in Kafka, and where the servers of all tests of the module are. */
final class Infrastructure {
    private Infrastructure() {}

    static LocalAddresses addresses() {
        return TestServers.get().addresses();
    }

    static EventSerde serde() {
        return new EventSerde(
                EventCatalog.bundled(), new HttpSchemaRegistry(addresses().registryUrl()));
    }

    /** The one event at a place. */
    static Event eventAt(String topic, int partition, long offset) {
        return serde().deserialize(recordAt(topic, partition, offset));
    }

    static ConsumerRecord<byte[], byte[]> recordAt(String topic, int partition, long offset) {
        try (var consumer = consumer()) {
            var place = new TopicPartition(topic, partition);
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            for (int i = 0; i < 20; i++) {
                for (var record : consumer.poll(Duration.ofSeconds(1)).records(place)) {
                    return record;
                }
            }
        }
        throw new AssertionError("there is nothing at " + topic + "/" + partition + "/" + offset);
    }

    /** All events a topic has by now. */
    static List<Event> events(String topic) {
        var events = new ArrayList<Event>();
        EventSerde serde = serde();
        try (var consumer = consumer()) {
            var places = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            var ends = consumer.endOffsets(places);
            while (places.stream().anyMatch(place -> consumer.position(place) < ends.getOrDefault(place, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> events.add(serde.deserialize(record)));
            }
        }
        return events;
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        var properties = TestServers.get().kafkaClient();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A new directory that goes with this JVM. */
    static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory(TestServers.get().directory(), "test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
