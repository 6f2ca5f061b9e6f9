package io.masterdeal.console.errors;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Reads {@code error.events} into the table, from where PostgreSQL says. Rows and position are written together, so a process may be
 * killed at any moment; several processes read the same, and the first to write a row wins.
 */
final class ErrorIntake implements SmartLifecycle {

    /** How long errors are kept here. Kafka keeps them for longer. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(ErrorIntake.class);
    private static final String TOPIC = "error.events";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration CLEANING = Duration.ofHours(1);

    /** A flood of errors must not fill the disk: of more than these only the newest are kept. */
    private static final int MOST = 200_000;

    private final KafkaSettings settings;
    private final EventSerde serde;
    private final ErrorStore store;
    private final Clock clock;
    private @Nullable Thread thread;
    private volatile boolean running;
    private Instant cleaned = Instant.EPOCH;

    ErrorIntake(KafkaSettings settings, EventSerde serde, ErrorStore store, Clock clock) {
        this.settings = settings;
        this.serde = serde;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        Thread started = Workers.daemon("error-events", this::readAgainAndAgain);
        started.start();
        thread = started;
    }

    private void readAgainAndAgain() {
        while (running) {
            try {
                read();
            } catch (SQLException | DataAccessException | KafkaException e) {
                log.warn("error.events cannot be read or kept, trying again: {}", e.toString());
                pause();
            }
        }
    }

    private void read() throws SQLException {
        Map<String, Object> properties = settings.common();
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        try (Consumer<byte[], byte[]> consumer = KafkaClientFactory.consumer(properties)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(TOPIC)) {
                partitions.add(new TopicPartition(TOPIC, partition.partition()));
            }
            consumer.assign(partitions);
            Map<Integer, Long> positions = store.positions();
            for (TopicPartition partition : partitions) {
                Long position = positions.get(partition.partition());
                if (position == null) {
                    consumer.seekToBeginning(List.of(partition));
                } else {
                    consumer.seek(partition, position);
                }
            }
            while (running) {
                take(consumer);
                clean();
            }
        }
    }

    private void take(Consumer<byte[], byte[]> consumer) throws SQLException {
        List<ErrorRow> rows = new ArrayList<>();
        Map<Integer, Long> positions = new HashMap<>();
        Instant oldest = clock.instant().minus(KEPT);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            positions.put(record.partition(), record.offset() + 1);
            Event event = event(record);
            if (event != null && event.envelope().time().isAfter(oldest)) {
                rows.add(ErrorReader.read(event));
            }
        }
        if (!positions.isEmpty()) {
            store.add(rows, positions);
        }
    }

    private @Nullable Event event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return serde.deserialize(record);
        } catch (UndecodableEventException e) {
            log.warn("error.events-{}@{} is no event: {}", record.partition(), record.offset(), e.getMessage());
            return null;
        }
    }

    private void clean() {
        Instant now = clock.instant();
        if (cleaned.plus(CLEANING).isBefore(now)) {
            cleaned = now;
            store.deleteBefore(now.minus(KEPT), MOST);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread started = thread;
        if (started != null) {
            try {
                started.join(Duration.ofSeconds(2));
                started.interrupt();
                started.join(Duration.ofSeconds(8));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
