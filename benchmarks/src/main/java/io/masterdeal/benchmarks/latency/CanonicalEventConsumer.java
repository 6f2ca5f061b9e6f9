package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the canonical events as any subscriber would, and records which of the posted events each of them names as a cause. */
final class CanonicalEventConsumer implements AutoCloseable {

    private static final String TOPIC = "masterdeal.events";

    private final MeasuredPlatform platform;

    private final CauseMatcher matcher;

    private final KnownDeals deals = new KnownDeals();

    private final CountDownLatch ready = new CountDownLatch(1);

    private final Thread thread = Thread.ofPlatform().name("canonical-events").unstarted(this::run);

    private volatile boolean closed;

    private volatile @Nullable RuntimeException failure;

    CanonicalEventConsumer(MeasuredPlatform platform, PostedEvents posted) {
        this.platform = platform;
        this.matcher = new CauseMatcher(posted);
    }

    /** Every deal of which a canonical event was read. */
    KnownDeals deals() {
        return deals;
    }

    /** Starts to read; returns once it does. */
    void start() throws InterruptedException {
        thread.start();
        ready.await();
        check();
    }

    private void run() {
        Map<String, Object> properties = platform.kafka();
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            EventSerde serde = platform.serde();
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < MeasuredPlatform.PARTITIONS; i++) {
                partitions.add(new TopicPartition(TOPIC, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            partitions.forEach(consumer::position);
            ready.countDown();
            while (!closed) {
                var records = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    note(serde.deserialize(record), record.timestamp(), now);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            ready.countDown();
        }
    }

    private void note(Event event, long sentMillis, long now) {
        UUID deal = event.envelope().masterDealId();
        if (deal != null && event.envelope().type().equals("masterdeal.created")) {
            deals.add(deal);
        }
        if (event.data().get("cause") instanceof List<?> causes) {
            List<UUID> ids = causes.stream()
                    .map(cause -> UUID.fromString(String.valueOf(cause)))
                    .toList();
            matcher.note(ids, event.envelope().time().toEpochMilli(), sentMillis, now);
        }
    }

    /** From now on what is seen counts for this phase. */
    void count(Phase next) {
        matcher.count(next);
    }

    /** Of the events that were due in a phase, how many were not named so far, by domain. */
    SortedMap<String, Integer> unnamed(Phase of) {
        return matcher.unnamed(of.posting());
    }

    /**
     * Waits until every event that was due in a phase was named, or none was for a while.
     *
     * @param patience after the last one that was named
     */
    void await(Phase of, Duration patience) throws InterruptedException {
        long began = System.nanoTime();
        while (of.seen().count() < of.posting().count()
                && System.nanoTime() - Math.max(began, lastSeen()) < patience.toNanos()) {
            check();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        check();
    }

    private void check() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the canonical events cannot be read", failed);
        }
    }

    /** When the last of the posted events was named, by {@link System#nanoTime}. */
    long lastSeen() {
        return matcher.lastNamed();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
