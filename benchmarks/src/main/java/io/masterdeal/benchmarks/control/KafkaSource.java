package io.masterdeal.benchmarks.control;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.service.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The domains' topics, read by a consumer configured like the service's; the events are not decoded. */
final class KafkaSource implements EventSource {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;

    private long arrived;

    KafkaSource(KafkaClients clients) {
        this.consumer = clients.intakeConsumer();
        consumer.subscribe(
                EventCatalog.bundled().domains().stream()
                        .map(domain -> domain + ".events")
                        .toList(),
                new FromTheBeginning());
    }

    /** The group is new and has one member, so partitions are assigned once. */
    private final class FromTheBeginning implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    @Override
    public void await(long events) {
        while (arrived < events) {
            arrived += consumer.poll(POLL).count();
        }
    }

    @Override
    public Runnable mark() {
        Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
        consumer.assignment()
                .forEach(partition -> places.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        return () -> consumer.commitSync(places);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
