package io.masterdeal.benchmarks.workload;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a workload into the domains' topics, straight to Kafka. */
public final class TopicLoader {

    private TopicLoader() {}

    /**
     * Returns when Kafka has all of it.
     *
     * @throws ExecutionException if Kafka refuses an event
     */
    public static void load(MeasuredPlatform platform, DealWorkload workload)
            throws ExecutionException, InterruptedException {
        load(platform, workload::tell);
    }

    /**
     * The same for events of any origin.
     *
     * @param telling passes each event to the consumer that it is given
     * @throws ExecutionException if Kafka refuses an event
     */
    public static void load(MeasuredPlatform platform, Consumer<Consumer<Event>> telling)
            throws ExecutionException, InterruptedException {
        EventSerde serde = platform.serde();
        Map<String, Object> properties = platform.kafka();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            telling.accept(event -> sent.add(producer.send(serde.serialize(event))));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}
