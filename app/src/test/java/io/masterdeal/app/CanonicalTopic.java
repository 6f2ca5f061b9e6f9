package io.masterdeal.app;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the service publishes from now on, as a consumer sees it. */
final class CanonicalTopic {

    private static final String TOPIC = "masterdeal.events";

    private final TestPlatform platform;

    private final Map<TopicPartition, Long> from;

    private CanonicalTopic(TestPlatform platform, Map<TopicPartition, Long> from) {
        this.platform = platform;
        this.from = from;
    }

    /** A revision of a deal. */
    record Revision(UUID eventId, String type, String root, long revision, String stage, List<String> changed) {}

    static CanonicalTopic fromNow(TestPlatform platform) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
            return new CanonicalTopic(platform, new HashMap<>(consumer.endOffsets(partitions(consumer))));
        }
    }

    /** Everything published up to now, each event as often as it came, by deal and in the order in which it came. */
    Map<String, List<Revision>> all() {
        EventSerde serde = new EventSerde(
                EventCatalog.bundled(),
                new HttpSchemaRegistry(platform.servers().registryUrl()));
        Map<String, List<Revision>> byDeal = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            from.forEach(consumer::seek);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < to.getOrDefault(it, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Revision revision = revision(serde.deserialize(record));
                    byDeal.computeIfAbsent(revision.root(), _ -> new ArrayList<>())
                            .add(revision);
                }
            }
        }
        return byDeal;
    }

    /** The same without the copies: an event id that was there before. */
    Map<String, List<Revision>> withoutCopies() {
        Set<UUID> seen = new HashSet<>();
        Map<String, List<Revision>> byDeal = all();
        byDeal.values().forEach(revisions -> revisions.removeIf(it -> !seen.add(it.eventId())));
        return byDeal;
    }

    private static Revision revision(Event event) {
        List<String> changed = new ArrayList<>();
        ((List<?>) event.data().get("changed")).forEach(it -> changed.add(String.valueOf(it)));
        return new Revision(
                event.envelope().id(),
                event.envelope().type(),
                String.valueOf(event.data().get("root")),
                (Long) event.data().get("revision"),
                String.valueOf(event.data().get("stage")),
                changed);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(TOPIC).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(TestPlatform platform) {
        Map<String, Object> properties = new HashMap<>(platform.servers().kafkaClientProperties());
        properties.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.servers().kafkaBootstrapServers());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
