package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka alone takes on the same machine: one hop from a producer with {@code acks=all} to a consumer. */
final class KafkaCeiling {

    private static final String TOPIC = "bench.ceiling";

    private static final int WARM_UP_SECONDS = 5;

    private KafkaCeiling() {}

    /** Sends the same events at the same rate straight to a topic, and reads them back. */
    static Percentiles measure(MeasuredPlatform platform, PostedEvents posted, LatencyPlan plan)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(platform.kafka())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, MeasuredPlatform.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        int warmUp = WARM_UP_SECONDS * plan.eventsPerSecond();
        int count = warmUp + plan.ceilingSeconds() * plan.eventsPerSecond();
        Latencies latencies = new Latencies();
        Schedule schedule = Schedule.soon(plan.eventsPerSecond(), 0, count);
        AtomicInteger read = new AtomicInteger();
        Thread reader =
                Thread.ofPlatform().name("ceiling").start(() -> read(platform, schedule, warmUp, latencies, read));
        Map<String, Object> properties = platform.kafka();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            schedule.run(index -> {
                byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
                byte[] value = posted.post(index % plan.events()).body().getBytes(StandardCharsets.UTF_8);
                // Nobody waits for the acknowledgement: a record that is lost is missed by the reader.
                var _ = producer.send(new ProducerRecord<>(TOPIC, key, value));
            });
        }
        reader.join();
        if (read.get() < count) {
            throw new IllegalStateException("of " + count + " records only " + read + " came back");
        }
        return latencies.percentiles();
    }

    private static void read(
            MeasuredPlatform platform, Schedule schedule, int warmUp, Latencies latencies, AtomicInteger read) {
        int count = schedule.count();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(platform.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < MeasuredPlatform.PARTITIONS; i++) {
                partitions.add(new TopicPartition(TOPIC, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long giveUp = schedule.due(count) + Duration.ofSeconds(30).toNanos();
            while (read.get() < count && System.nanoTime() < giveUp) {
                var records = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    int index = ByteBuffer.wrap(record.key()).getInt();
                    if (index >= warmUp) {
                        latencies.record(now - schedule.due(index));
                    }
                    read.incrementAndGet();
                }
            }
        }
    }
}
