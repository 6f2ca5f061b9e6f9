package io.masterdeal.service.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/** The last events in the topic: what subscribers know, whatever this database has. */
final class TopicTail {

    /** The header with the epoch, in addition to the field, so that neither a schema nor the registry is needed to read it. */
    static final String EPOCH = "masterdeal-epoch";

    private static final String REVISION = "ce_sequence";

    /** The topic of canonical events. */
    static final String TOPIC = "masterdeal.events";

    /** How many offsets of each partition are read. */
    private static final long LENGTH = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /**
     * @param consumers make a consumer without a group that reads committed records
     */
    TopicTail(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** The last published revision of a deal. */
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

    private static void note(ConsumerRecord<byte[], byte[]> record, Map<String, Told> newest) {
        String root = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (!root.isEmpty()
                && root.indexOf('\0')
                        < 0) { // PostgreSQL's texts cannot have a zero byte, and none of our keys has one.
            Told told = new Told(number(record, EPOCH), number(record, REVISION));
            newest.merge(root, told, (a, b) -> b.isNewerThan(a) ? b : a);
        }
    }

    /** A number in a header; 0 if there is none, as in events that are older than the header. */
    private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        try {
            return header == null ? 0 : Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
        } catch (NumberFormatException _) {
            return 0; // Another program has put it there.
        }
    }
}
