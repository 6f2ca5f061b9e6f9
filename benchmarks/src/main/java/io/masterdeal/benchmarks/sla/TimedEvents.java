package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events to Kafka at a constant rate, and times each until a canonical event names it as a cause. */
final class TimedEvents {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MeasuredPlatform platform;

    private final EventSerde serde;

    private final List<Event> events = new ArrayList<>();

    private final Map<UUID, Integer> unnamed = new HashMap<>();

    private final Schedule schedule;

    private final Latencies latencies = new Latencies();

    private long lastNamed;

    private TimedEvents(MeasuredPlatform platform, DealWorkload workload, int perSecond) {
        this.platform = platform;
        this.serde = platform.serde();
        workload.tell(events::add);
        events.forEach(each -> unnamed.put(each.envelope().id(), unnamed.size()));
        this.schedule = Schedule.soon(perSecond, 0, events.size());
    }

    /**
     * What came of it.
     *
     * @param perSecond events a second, from when the first was due to the last canonical event
     * @param times from when an event was due to its canonical event
     * @param unseen how many events no canonical event has named
     */
    record Outcome(double perSecond, Percentiles times, int unseen) {}

    /** Sends all events of a workload; returns when each was named, or none was for a minute. */
    static Outcome send(MeasuredPlatform platform, DealWorkload workload, int perSecond)
            throws InterruptedException, ExecutionException {
        TimedEvents timed = new TimedEvents(platform, workload, perSecond);
        FutureTask<Integer> reading = new FutureTask<>(timed::read);
        Thread.ofPlatform().name("canonical-events").start(reading);
        timed.send();
        int unseen = reading.get();
        double seconds = (timed.lastNamed - timed.schedule.due(0)) / 1e9;
        return new Outcome((timed.events.size() - unseen) / seconds, timed.latencies.percentiles(), unseen);
    }

    private void send() throws InterruptedException {
        Map<String, Object> properties = platform.kafka();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            // Nobody waits for the acknowledgement: an event that is lost is never named.
            schedule.run(index -> {
                var _ = producer.send(serde.serialize(events.get(index)));
            });
        }
    }

    private int read() {
        Map<String, Object> properties = platform.kafka();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, MeasuredPlatform.PARTITIONS)
                    .mapToObj(it -> new TopicPartition("masterdeal.events", it))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            lastNamed = schedule.due(events.size());
            while (!unnamed.isEmpty() && System.nanoTime() - lastNamed < PATIENCE.toNanos()) {
                var records = consumer.poll(Duration.ofMillis(50));
                long now = System.nanoTime();
                records.forEach(record -> note(serde.deserialize(record), now));
            }
        }
        return unnamed.size();
    }

    private void note(Event canonical, long now) {
        if (canonical.data().get("cause") instanceof List<?> causes) {
            for (Object cause : causes) {
                Integer index = unnamed.remove(UUID.fromString(String.valueOf(cause)));
                if (index != null) {
                    latencies.record(now - schedule.due(index));
                    lastNamed = now;
                }
            }
        }
    }
}
