package io.masterdeal.router.kafka;

import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Clients whose settings keep what the router promises. */
public final class RouterClients {

    private static final int POLL = 500;

    private static final int DELIVERY_MS = 10_000;

    private final KafkaSettings settings;

    /**
     * @param settings where Kafka is
     */
    public RouterClients(KafkaSettings settings) {
        this.settings = settings;
    }

    /** A consumer without a group: which partitions it reads and from where is told by the ledger. */
    public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = settings.common();
        // An offset that is gone is no matter to be passed over in silence.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return KafkaClientFactory.consumer(properties);
    }

    /** A producer that acknowledges only what every in-sync replica has. */
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = settings.common();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaClientFactory.MOST_RECORD_BYTES);
        return KafkaClientFactory.producer(properties);
    }
}
