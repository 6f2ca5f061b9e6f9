package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.benchmarks.workload.TopicLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Canonical events as the service makes them, to be sent again and again under new ids. */
final class CanonicalRecords {

    static final String TOPIC = "masterdeal.events";

    private static final String ID = "ce_id";

    private static final String DEAL = "ce_masterdealid";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<ConsumerRecord<byte[], byte[]>> records;

    private final List<String> deals;

    private CanonicalRecords(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
        this.deals = records.stream().map(CanonicalRecords::deal).toList();
    }

    /** Makes the service take deals in, and keeps what it publishes. */
    static CanonicalRecords make(MeasuredPlatform platform, int deals, long seed)
            throws InterruptedException, ExecutionException {
        TopicLoader.load(platform, new DealWorkload(0, deals, seed, DealWorkload.Order.AS_HAPPENED));
        Map<String, Object> properties = platform.kafka();
        properties.put("isolation.level", "read_committed");
        try (MeasuredRole _ = MeasuredRole.service(platform, Map.of(), List.of());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < MeasuredPlatform.PARTITIONS; i++) {
                partitions.add(new TopicPartition(TOPIC, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new CanonicalRecords(read(consumer));
        }
    }

    /** Reads until none has arrived for a while. */
    private static List<ConsumerRecord<byte[], byte[]>> read(KafkaConsumer<byte[], byte[]> consumer) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        long last = 0;
        while (read.isEmpty() || System.nanoTime() - last < QUIET_NANOS) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                read.add(record);
                last = System.nanoTime();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the service published nothing within " + PATIENCE.toMinutes() + " min");
            }
        }
        return read;
    }

    private static String deal(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(DEAL).value(), StandardCharsets.UTF_8);
    }

    /** Those of the first deals alone. */
    CanonicalRecords ofDeals(int count) {
        List<String> chosen = deals.stream().distinct().limit(count).toList();
        return new CanonicalRecords(
                records.stream().filter(it -> chosen.contains(deal(it))).toList());
    }

    int size() {
        return records.size();
    }

    /** The deal of the record that is sent with this number; after the last record the first follows again. */
    String deal(int index) {
        return deals.get(index % records.size());
    }

    /** A record with an id of its own. */
    ProducerRecord<byte[], byte[]> record(int index, UUID id) {
        ConsumerRecord<byte[], byte[]> record = records.get(index % records.size());
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.remove(ID).add(ID, id.toString().getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(TOPIC, record.partition(), record.key(), record.value(), headers);
    }
}
