package io.masterdeal.router.servers;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events to the real Kafka, and reads what the router publishes. */
public final class Publisher implements AutoCloseable {

    private final EventSerde serde;

    private final KafkaProducer<byte[], byte[]> producer;

    /** Uses the shared servers. */
    public Publisher() {
        LocalAddresses at = TestServers.get().addresses();
        serde = new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(at.registryUrl()));
        producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> client() {
        LocalAddresses at = TestServers.get().addresses();
        Map<String, Object> client = new HashMap<>(at.kafkaClientProperties());
        client.put("bootstrap.servers", at.kafkaBootstrapServers());
        return client;
    }

    /** An event with the status that belongs to its type. */
    public static Event event(String type, String subject) {
        EventType known = Objects.requireNonNull(EventCatalog.bundled().type(type), type);
        return new Event(
                Envelope.builder(UUID.randomUUID(), "/" + known.domain(), type, subject, Instant.now())
                        .correlationId("c-" + subject)
                        .build(),
                new GenericRecordBuilder(known.schema()).build());
    }

    /** Publishes events in order; returns when Kafka has acknowledged them. */
    public void publish(List<Event> events) throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (Event event : events) {
            sent.add(producer.send(serde.serialize(event)));
        }
        for (Future<?> it : sent) {
            it.get();
        }
    }

    /** Publishes an event in its own transaction, which is committed or rolled back. */
    public void publishInTransaction(Event event, boolean commit) throws ExecutionException, InterruptedException {
        Map<String, Object> client = client();
        client.put("transactional.id", "publisher-of-tests");
        try (KafkaProducer<byte[], byte[]> transactional =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional.send(serde.serialize(event)).get();
            if (commit) {
                transactional.commitTransaction();
            } else {
                transactional.abortTransaction();
            }
        }
    }

    /** Publishes a record as it is; returns when Kafka has acknowledged it. */
    public void publish(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        producer.send(record).get();
    }

    /** All events of a topic so far. */
    public List<Event> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Event> events = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    events.add(serde.deserialize(record));
                }
            }
            return events;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
