package io.masterdeal.role.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients that keep what every role promises, whatever their other settings are. */
public final class KafkaClientFactory {

    /** The longest record in bytes: a deal of very many objects may have a large canonical event. */
    public static final int MOST_RECORD_BYTES = 8 * 1024 * 1024;

    private KafkaClientFactory() {}

    /**
     * A producer that acknowledges only what every in-sync replica has, and whose retries repeat nothing.
     *
     * @param properties {@link KafkaSettings#common} and what the role adds
     */
    public static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(
                producerProperties(properties), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> producerProperties(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return all;
    }

    /**
     * A consumer of what is committed, which neither commits offsets nor makes topics by itself.
     *
     * @param properties {@link KafkaSettings#common} and what the role adds
     */
    public static Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What a writer has taken back by aborting its transaction was never told.
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * An administrator.
     *
     * @param properties {@link KafkaSettings#common} and what the role adds; what is for other clients is left out
     */
    public static Admin admin(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.keySet().retainAll(AdminClientConfig.configNames());
        return Admin.create(all);
    }
}
