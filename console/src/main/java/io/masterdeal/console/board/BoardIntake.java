package io.masterdeal.console.board;

import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads the canonical topic from its beginning, all partitions, into the board. */
final class BoardIntake implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BoardIntake.class);
    private static final String TOPIC = "masterdeal.events";
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final EventSerde serde;
    private final MemoryBoard board;
    private @Nullable Thread thread;
    private volatile boolean running;

    BoardIntake(KafkaSettings settings, EventSerde serde, MemoryBoard board) {
        this.settings = settings;
        this.serde = serde;
        this.board = board;
    }

    @Override
    public void start() {
        running = true;
        Thread started = Workers.daemon("board", this::read);
        started.start();
        thread = started;
    }

    private void read() {
        try (Consumer<byte[], byte[]> consumer = KafkaClientFactory.consumer(settings.common())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(TOPIC)) {
                partitions.add(new TopicPartition(TOPIC, partition.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (running) {
                List<CardReader.Read> batch = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    CardReader.Read read = read(record);
                    if (read != null) {
                        batch.add(read);
                    }
                }
                board.take(batch);
                if (!board.isCurrent()
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    board.becomeCurrent();
                }
            }
        } catch (WakeupException _) {
            log.debug("told to stop");
        }
    }

    private CardReader.@Nullable Read read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CardReader.read(serde.deserialize(record));
        } catch (UndecodableEventException e) {
            log.warn(
                    "{}-{}@{} is no canonical event: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return null;
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread started = thread;
        if (started != null) {
            try {
                started.join(Duration.ofSeconds(10));
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
