package io.masterdeal.app.demo;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.local.LocalAddresses;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the time from the gateway's receipt of an event until the canonical event it causes can be read from Kafka. An event
 * that changes no answer causes none, and is not counted.
 */
final class LatencyMonitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LatencyMonitor.class);

    private static final String TOPIC = "masterdeal.events";

    private static final int MAX_REMEMBERED = 100_000;

    private final Histogram latencies = new ConcurrentHistogram(3);

    /** Events of which only one time is known yet: when they were sent, or when their canonical event was read. */
    private final Map<String, Long> sent = bounded();

    private final Map<String, Long> read = bounded();

    private final AtomicBoolean closed = new AtomicBoolean();

    private final Thread thread;

    private final LocalAddresses at;

    private final SlaStatements sla;

    /**
     * @param at where Kafka and the registry are
     * @param sla gets every canonical event that is read
     */
    LatencyMonitor(LocalAddresses at, SlaStatements sla) {
        this.at = at;
        this.sla = sla;
        this.thread = Thread.ofPlatform().name("latency-monitor").daemon().start(this::run);
    }

    private static Map<String, Long> bounded() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MAX_REMEMBERED;
            }
        });
    }

    private void run() {
        Map<String, Object> properties = new HashMap<>(at.kafkaClientProperties());
        properties.put("bootstrap.servers", at.kafkaBootstrapServers());
        properties.put("fetch.max.wait.ms", 50);
        properties.put("isolation.level", "read_committed");
        EventSerde serde = new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(at.registryUrl()));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(it -> new TopicPartition(TOPIC, it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!closed.get()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    long now = System.currentTimeMillis();
                    Event event = serde.deserialize(record);
                    sla.read(event);
                    if (event.data().hasField("cause") && event.data().get("cause") instanceof List<?> causes) {
                        causes.forEach(cause -> readAt(String.valueOf(cause), now));
                    }
                }
            }
        } catch (RuntimeException e) {
            log.error("the latency is no longer measured: {}", e, e);
        }
    }

    /** Records when the gateway had an event. */
    void sentAt(String eventId, long at) {
        Long readAt = read.remove(eventId);
        if (readAt != null) {
            latencies.recordValue(Math.max(0, readAt - at));
        } else {
            sent.put(eventId, at);
        }
    }

    private void readAt(String eventId, long at) {
        Long sentAt = sent.remove(eventId);
        if (sentAt != null) {
            latencies.recordValue(Math.max(0, at - sentAt));
        } else {
            read.putIfAbsent(eventId, at);
        }
    }

    /** A percentile of the latency, in ms. */
    long percentile(double percent) {
        return latencies.getValueAtPercentile(percent);
    }

    /** How many were measured. */
    long count() {
        return latencies.getTotalCount();
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
