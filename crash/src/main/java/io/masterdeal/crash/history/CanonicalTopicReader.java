package io.masterdeal.crash.history;

import io.masterdeal.contracts.avro.AvroJson;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.node.ObjectNode;

/** Reads the canonical topic from its beginning to where it ends now. */
public final class CanonicalTopicReader {

    private static final String TOPIC = "masterdeal.events";

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;

    private final URI registry;

    /**
     * @param client properties of Kafka's clients, the address among them
     * @param registry the schema registry
     */
    public CanonicalTopicReader(Map<String, Object> client, URI registry) {
        this.client = new HashMap<>(client);
        this.client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.registry = registry;
    }

    /** Every record, partition by partition in the order of the offsets. */
    public List<Published> read() {
        EventSerde serde = new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(registry));
        List<Published> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    events.add(published(record, serde.deserialize(record)));
                }
            }
        }
        events.sort(Comparator.comparingInt(Published::partition).thenComparingLong(Published::offset));
        return events;
    }

    private static Published published(ConsumerRecord<byte[], byte[]> record, Event event) {
        ObjectNode data = AvroJson.write(event.data());
        return new Published(
                record.partition(),
                record.offset(),
                new String(record.key(), StandardCharsets.UTF_8),
                new Published.Envelope(
                        event.envelope().type(),
                        event.envelope().subject(),
                        Objects.requireNonNullElse(event.envelope().sequence(), -1L)),
                data,
                event.envelope() + " " + data);
    }
}
