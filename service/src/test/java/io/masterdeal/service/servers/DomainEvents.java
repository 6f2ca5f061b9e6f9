package io.masterdeal.service.servers;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.testbed.servers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What domains tell and what the platform publishes, by way of the real Kafka. */
public final class DomainEvents implements AutoCloseable {

    /** When the events of the tests begin. */
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final EventSerde serde = RunningService.serde();

    private final Producer<byte[], byte[]> producer = clients("unused").producer();

    /** Clients as the service has them. */
    public static KafkaClients clients(String group) {
        var kafka = TestServers.get().addresses();
        return new KafkaClients(new KafkaSettings(kafka.kafkaBootstrapServers(), kafka.kafkaClientProperties(), group));
    }

    /**
     * An event with the status of its type.
     *
     * @param minutes after {@link #START}
     */
    public static Event event(String type, String subject, int minutes, String... links) {
        return event(type, subject, START.plusSeconds(60L * minutes), links);
    }

    /** An event with the status of its type. */
    public static Event event(String type, String subject, Instant at, String... links) {
        EventType known = Objects.requireNonNull(EventCatalog.bundled().type(type), type);
        return new Event(
                Envelope.builder(UUID.randomUUID(), "/" + known.domain(), type, subject, at)
                        .correlationId("c-1")
                        .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .build(),
                new GenericRecordBuilder(known.schema())
                        .set("links", Arrays.asList(links))
                        .build());
    }

    /** The record of an event. */
    public ProducerRecord<byte[], byte[]> record(Event event) {
        return serde.serialize(event);
    }

    /** Publishes events and waits until Kafka has them. */
    public void send(Event... events) throws ExecutionException, InterruptedException {
        for (Event event : events) {
            send(record(event));
        }
    }

    /** Publishes a record as it is and waits until Kafka has it. */
    public void send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        producer.send(record).get();
    }

    /** Everything in a topic, each partition in its order. */
    public List<Event> readAll(String topic) {
        return readRecords(topic).stream().map(serde::deserialize).toList();
    }

    /** Every record of a topic, each partition in its order. */
    public List<ConsumerRecord<byte[], byte[]>> readRecords(String topic) {
        Map<String, Object> properties =
                new HashMap<>(TestServers.get().addresses().kafkaClientProperties());
        properties.put("bootstrap.servers", TestServers.get().addresses().kafkaBootstrapServers());
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(it -> consumer.position(it) < Objects.requireNonNullElse(ends.get(it), 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
    }
}
