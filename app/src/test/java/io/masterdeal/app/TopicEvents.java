package io.masterdeal.app;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of a topic from a moment on. */
final class TopicEvents {

    private final TestPlatform platform;

    private final String topic;

    private final Map<TopicPartition, Long> from;

    private TopicEvents(TestPlatform platform, String topic, Map<TopicPartition, Long> from) {
        this.platform = platform;
        this.topic = topic;
        this.from = from;
    }

    static TopicEvents fromNow(TestPlatform platform, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
            return new TopicEvents(platform, topic, new HashMap<>(consumer.endOffsets(partitions(consumer, topic))));
        }
    }

    /** All events so far, copies included, each partition in its order. */
    List<Event> all() {
        EventSerde serde = new EventSerde(
                EventCatalog.bundled(),
                new HttpSchemaRegistry(platform.servers().registryUrl()));
        List<Event> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            from.forEach(consumer::seek);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < to.getOrDefault(it, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    events.add(serde.deserialize(record));
                }
            }
        }
        return events;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(TestPlatform platform) {
        Map<String, Object> properties = new HashMap<>(platform.servers().kafkaClientProperties());
        properties.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.servers().kafkaBootstrapServers());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
