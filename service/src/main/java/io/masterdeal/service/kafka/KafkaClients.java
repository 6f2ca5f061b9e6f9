package io.masterdeal.service.kafka;

import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Makes clients whose settings keep what the service promises. */
public final class KafkaClients {

    private static final String LEADING = LeadingAssignor.class.getName();

    private static final String SHARED = CooperativeStickyAssignor.class.getName();

    /** Records of one poll. */
    private static final int POLL = 250;

    /** What a fetch brings of one partition: little, so that all partitions advance side by side. */
    private static final int MOST_PARTITION_BYTES = 16 * 1024;

    /** After which a record that nobody acknowledged is an error. */
    private static final int DELIVERY_MS = 30_000;

    /** The same in a transaction: who is not through with it begins anew. */
    private static final int TRANSACTION_DELIVERY_MS = 10_000;

    private final KafkaSettings settings;

    private final String group;

    /**
     * @param settings where Kafka is
     */
    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
        this.group = Objects.requireNonNullElse(settings.group(), "masterdeal-service");
    }

    /**
     * A member of the intake's group that commits nothing by itself and has to be told where to begin. One leads and the others
     * stand by.
     */
    public Consumer<byte[], byte[]> intakeConsumer() {
        return intakeConsumer(false);
    }

    /**
     * A member of the intake's group that commits nothing by itself and has to be told where to begin.
     *
     * @param shared whether it wants the partitions to be shared; all members have to want the same
     */
    public Consumer<byte[], byte[]> intakeConsumer(boolean shared) {
        Map<String, Object> properties = settings.common();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // Where to begin is told by PostgreSQL; an offset that is gone is no matter to be passed over in silence.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_PARTITION_BYTES);
        // Who cannot store for so long gives its partitions up, so that another one may try.
        // To lose them in the middle of a batch does no harm: it is found to be stored.
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000);
        // So long the partitions of a killed process stand still; to take one that only paused for dead does no harm.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        // A few ms more let a busy topic fill the batch; an idle one is still answered at once by human measure.
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        properties.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                shared ? List.of(SHARED, LEADING) : List.of(LEADING, SHARED));
        return KafkaClientFactory.consumer(properties);
    }

    /** A producer that acknowledges only what every in-sync replica has, and keeps the order of each partition. */
    public Producer<byte[], byte[]> producer() {
        return KafkaClientFactory.producer(producerProperties(DELIVERY_MS));
    }

    /**
     * A producer that publishes in transactions. To initialise it ends whoever uses the same id.
     *
     * @param transactionalId the same for all processes of which one at a time may publish
     */
    public Producer<byte[], byte[]> relayProducer(String transactionalId) {
        Map<String, Object> properties = producerProperties(TRANSACTION_DELIVERY_MS);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        // So long readers of committed records wait for one that was frozen in the middle, if no other takes over.
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 3 * TRANSACTION_DELIVERY_MS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_DELIVERY_MS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TRANSACTION_DELIVERY_MS / 2);
        return KafkaClientFactory.producer(properties);
    }

    private Map<String, Object> producerProperties(int deliveryTimeoutMs) {
        Map<String, Object> properties = settings.common();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaClientFactory.MOST_RECORD_BYTES);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryTimeoutMs);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return properties;
    }

    /** A consumer without a group that reads what is committed, from where it is told. */
    public Consumer<byte[], byte[]> reader() {
        Map<String, Object> properties = settings.common();
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return KafkaClientFactory.consumer(properties);
    }

    /** An administrator. */
    public Admin admin() {
        return KafkaClientFactory.admin(settings.common());
    }

    /** The consumer group of the intake. */
    public String group() {
        return group;
    }
}
