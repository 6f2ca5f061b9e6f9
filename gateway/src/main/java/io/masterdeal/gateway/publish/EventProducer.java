package io.masterdeal.gateway.publish;

import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The gateway's producer: nothing is answered as taken before every in-sync replica has it. Closed in bounded time. */
final class EventProducer implements AutoCloseable {
    /** How long sending may wait for Kafka before the event is even in the producer's buffer. */
    static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    /** How long an event may take from the producer's buffer to Kafka's acknowledgement. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

    private final Producer<byte[], byte[]> producer;

    EventProducer(KafkaSettings settings) {
        this.producer = KafkaClientFactory.producer(properties(settings.common()));
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private static Map<String, Object> properties(Map<String, Object> properties) {
        // Without it several gateways in one JVM would be one in Kafka's metrics.
        properties.put(
                ProducerConfig.CLIENT_ID_CONFIG,
                "masterdeal-gateway-" + UUID.randomUUID().toString().substring(0, 8));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return properties;
    }
}
