package io.masterdeal.service.publish;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The last events in the topic: what subscribers know, whatever this database knows. */
final class TopicTail {

    private static final String TOPIC = "masterdeal.events";

    /** Offsets of each partition that are looked at. */
    private static final long LENGTH = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    private final EventSerde serde;

    /**
     * @param consumers make one without a group that reads what is committed
     * @param serde reads records
     */
    TopicTail(Supplier<Consumer<byte[], byte[]>> consumers, EventSerde serde) {
        this.consumers = consumers;
        this.serde = serde;
    }

    /** How far a deal is. */
    record Told(long epoch, long revision) {

        boolean isNewerThan(Told other) {
            return epoch != other.epoch ? epoch > other.epoch : revision > other.revision;
        }
    }

    /**
     * The newest event of each deal among the last ones of each partition, by root.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    Map<String, Told> newest() {
        Map<String, Told> newest = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC, PATIENCE).stream()
                    .map(it -> new TopicPartition(TOPIC, it.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
            partitions.forEach(it ->
                    consumer.seek(it, Math.max(begins.getOrDefault(it, 0L), ends.getOrDefault(it, 0L) - LENGTH)));
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                if (System.nanoTime() > until) {
                    throw new TimeoutException("the last events in " + TOPIC + " cannot be read");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(it -> note(it, newest));
            }
        }
        return newest;
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Map<String, Told> newest) {
        try {
            Event event = serde.deserialize(record);
            Told told = new Told(
                    (Long) event.data().get("epoch"), (Long) event.data().get("revision"));
            newest.merge(event.envelope().subject(), told, (a, b) -> b.isNewerThan(a) ? b : a);
        } catch (UndecodableEventException _) {
            return; // Somebody else has put it there; subscribers cannot read it either.
        }
    }
}
