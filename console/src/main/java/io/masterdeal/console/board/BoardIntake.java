package io.masterdeal.console.board;

import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the canonical topic, all partitions, into the board: from where PostgreSQL has it, and what comes after that. One process stores what
 * it reads. PostgreSQL may be away meanwhile: the board is kept all the same, and what was not stored is read and stored again.
 */
final class BoardIntake implements SmartLifecycle {
    /** Of canonical events. */
    static final String TOPIC = "masterdeal.events";

    private static final Logger log = LoggerFactory.getLogger(BoardIntake.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST_RECORDS = 2_000;
    private static final int MOST_BYTES = 16 << 20;

    private final KafkaSettings settings;
    private final Admin admin;
    private final EventSerde serde;
    private final ColumnBoard board;
    private final BoardFill fill;
    private final BoardWriter writer;
    private @Nullable Thread thread;
    private volatile boolean running;
    private volatile long lag;

    /** How far the board in memory is; null before the stored one is loaded. */
    private @Nullable Position reached;

    private Map<Integer, Long> goal = Map.of();

    BoardIntake(
            KafkaSettings settings,
            Admin admin,
            EventSerde serde,
            ColumnBoard board,
            BoardFill fill,
            BoardWriter writer) {
        this.settings = settings;
        this.admin = admin;
        this.serde = serde;
        this.board = board;
        this.fill = fill;
        this.writer = writer;
    }

    @Override
    public void start() {
        running = true;
        Thread started = Workers.daemon("board", this::run);
        started.start();
        thread = started;
    }

    /** How many events of the topic are not read. */
    long lag() {
        return lag;
    }

    private void run() {
        while (running) {
            try (Consumer<byte[], byte[]> consumer = consumer()) {
                follow(consumer, new TopicView(consumer, admin, TOPIC));
            } catch (InterruptedException | InterruptException _) {
                return;
            } catch (SQLException | RuntimeException e) {
                log.warn("the board cannot be read on, tried again in {} s: {}", PAUSE.toSeconds(), e.toString());
                pause();
            } finally {
                writer.release();
            }
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

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(settings.common());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
        // Without a group there are no committed offsets: where to read is always said.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return KafkaClientFactory.consumer(properties);
    }

    private void follow(Consumer<byte[], byte[]> consumer, TopicView topic) throws SQLException {
        Optional<Position> known = Optional.ofNullable(reached);
        if (known.isEmpty()) {
            long began = System.nanoTime();
            known = writer.load(board);
            log.info(
                    "loaded {} deals in {} ms",
                    board.size(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
        StartPoint start = StartPoint.of(known, topic.id(), topic.begins(), topic.ends());
        start.reasons().forEach(reason -> log.warn("{}: {}", TOPIC, reason));
        if (start.fresh()) {
            board.clear();
        }
        topic.seek(start.next());
        goal = topic.ends();
        writer.step(topic);
        if (!start.complete() && fill.isDone()) {
            fill.begin();
        }
        while (running) {
            fill.goOn();
            writer.step(topic);
            List<CardReader.Read> batch = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                CardReader.Read read = read(record);
                if (read != null) {
                    batch.add(read);
                }
            }
            board.take(batch);
            Map<Integer, Long> next = topic.positions();
            reached = new Position(topic.id(), next, fill.isDone());
            lag = topic.lag();
            writer.write(batch, next);
            if (!board.isCurrent() && fill.isDone() && hasReached(next)) {
                board.becomeCurrent();
                log.info("the board is current: {} deals", board.size());
            }
        }
    }

    private boolean hasReached(Map<Integer, Long> next) {
        return goal.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private CardReader.@Nullable Read read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CardReader.read(serde.deserialize(record));
        } catch (UndecodableEventException | IllegalArgumentException | ClassCastException e) {
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
        fill.stop();
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
