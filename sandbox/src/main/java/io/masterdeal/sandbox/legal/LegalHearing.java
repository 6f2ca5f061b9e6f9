package io.masterdeal.sandbox.legal;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.sandbox.system.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads {@code docflow.events} from its end at the start, and lets Legal hear each event. It remembers no place: what was told while
 * it was away Legal never hears, and Docflow will ask. What goes wrong with Kafka is tried again for ever.
 */
public final class LegalHearing implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LegalHearing.class);
    private static final String TOPIC = "docflow.events";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable Supplier<Consumer<byte[], byte[]>> connect;
    private final @Nullable EventSerde serde;
    private final LegalPeople legal;
    private volatile @Nullable Thread reader;
    private volatile boolean stopped;

    /**
     * Prepares to read; nothing is connected yet.
     *
     * @param bootstrapServers of Kafka; null: nothing is ever heard
     * @param client what Kafka's clients need beside the address
     * @param registry the schema registry; null: nothing is ever heard
     * @param catalog the event types there are
     * @param legal who hears
     * @return what is to be started
     */
    public static LegalHearing of(
            @Nullable String bootstrapServers,
            Map<String, String> client,
            @Nullable URI registry,
            EventCatalog catalog,
            LegalPeople legal) {
        if (bootstrapServers == null || bootstrapServers.isBlank() || registry == null) {
            LOG.info("Legal hears nothing from Kafka: there is no address of Kafka and registry. It has to be asked.");
            return new LegalHearing(null, null, legal);
        }
        var properties = new HashMap<String, Object>(client);
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "masterdeal-sandbox-legal-" + UUID.randomUUID());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        // A topic that comes to be by a question would have another form than the one the gateway gives it.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new LegalHearing(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new EventSerde(catalog, new HttpSchemaRegistry(registry)),
                legal);
    }

    private LegalHearing(
            @Nullable Supplier<Consumer<byte[], byte[]>> connect, @Nullable EventSerde serde, LegalPeople legal) {
        this.connect = connect;
        this.serde = serde;
        this.legal = legal;
    }

    @Override
    public void start() {
        Supplier<Consumer<byte[], byte[]>> source = connect;
        EventSerde reads = serde;
        if (source != null && reads != null) {
            reader = Thread.ofPlatform().daemon().name("sandbox-legal-hears").start(() -> read(source, reads));
        }
    }

    @Override
    public void stop() {
        Thread running = reader;
        if (running == null) {
            return;
        }
        reader = null;
        stopped = true;
        try {
            // A consumer that is interrupted in a poll cannot say goodbye to its broker; a poll is over soon.
            if (!running.join(PAUSE)) {
                running.interrupt();
                running.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return reader != null;
    }

    private void read(Supplier<Consumer<byte[], byte[]>> source, EventSerde reads) {
        while (!stopped) {
            try (Consumer<byte[], byte[]> consumer = source.get()) {
                readWith(consumer, reads);
            } catch (InterruptException | InterruptedException e) {
                return;
            } catch (KafkaException e) {
                LOG.warn("Legal hears nothing of Docflow at the moment: {}", e.toString());
                pause();
            } catch (RuntimeException e) {
                LOG.error("Legal could not hear what Docflow told, and begins to listen anew", e);
                pause();
            }
        }
    }

    private void readWith(Consumer<byte[], byte[]> consumer, EventSerde reads) throws InterruptedException {
        List<TopicPartition> partitions = List.of();
        while (partitions.isEmpty()) {
            partitions = consumer.partitionsFor(TOPIC, PATIENCE).stream()
                    .map(each -> new TopicPartition(TOPIC, each.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // Now, not when the first event is long there.
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                hear(record, reads);
            }
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record, EventSerde reads) throws InterruptedException {
        while (!stopped) {
            try {
                Event event = reads.deserialize(record);
                legal.hear(event);
                return;
            } catch (UndecodableEventException e) {
                LOG.debug("Legal cannot read {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
                return;
            } catch (Refusal e) {
                LOG.warn("Legal cannot open a case: {} {}", e.getMessage(), e.errors());
                return;
            } catch (RegistryUnavailableException e) {
                LOG.warn("Legal cannot read what Docflow tells: {}", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
