package io.masterdeal.gateway.publish;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The connections to Kafka, closed in bounded time. */
final class KafkaClients implements AutoCloseable {
    /** How long sending may wait for Kafka before the event is even in the producer's buffer. */
    static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    /** How long an event may take from the producer's buffer to Kafka's acknowledgement. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Producer<byte[], byte[]> producer;
    private final Admin admin;

    KafkaClients(PublishSettings.Kafka settings) {
        Map<String, Object> properties = common(settings);
        this.producer = new KafkaProducer<>(producerProperties(properties));
        this.admin = Admin.create(adminProperties(properties));
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        try {
            producer.close(CLOSE_TIMEOUT);
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    static Map<String, Object> producerProperties(Map<String, Object> common) {
        var properties = new HashMap<>(common);
        // Nothing is answered as taken before every in-sync replica has it, and a retry inside the producer repeats
        // nothing.
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return properties;
    }

    private static Map<String, Object> adminProperties(Map<String, Object> common) {
        var properties = new HashMap<>(common);
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        return properties;
    }

    private static Map<String, Object> common(PublishSettings.Kafka settings) {
        var properties = new HashMap<String, Object>();
        if (settings.propertiesFile() != null) {
            read(Path.of(settings.propertiesFile()))
                    .forEach((name, value) -> properties.put(String.valueOf(name), value));
        }
        properties.putAll(settings.client());
        properties.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                PublishSettings.required(settings.bootstrapServers(), "masterdeal.kafka.bootstrap-servers"));
        // Several gateways in one JVM would else be one in Kafka's metrics.
        properties.put(
                ProducerConfig.CLIENT_ID_CONFIG,
                "masterdeal-gateway-" + UUID.randomUUID().toString().substring(0, 8));
        properties.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return properties;
    }

    private static Properties read(Path file) {
        var properties = new Properties();
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
                throw new IllegalStateException("masterdeal.kafka.properties-file: " + file
                        + " can be read or changed by others than its owner; it may hold passwords: \"chmod 600 " + file
                        + "\"");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        } catch (IOException e) {
            throw new IllegalStateException("masterdeal.kafka.properties-file: " + file + " cannot be read: " + e, e);
        }
        return properties;
    }
}
