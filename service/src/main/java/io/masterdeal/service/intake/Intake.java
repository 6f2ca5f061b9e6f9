package io.masterdeal.service.intake;

import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.service.store.BatchReport;
import io.masterdeal.service.store.FactStore;
import io.masterdeal.service.store.ReceivedStatement;
import io.masterdeal.service.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the domains' topics and adds what they say to the store: one transaction a poll. Offsets are committed only after
 * the store has committed and refused records lie in {@code error.events}, so a killed process loses nothing; what it
 * reads again changes nothing.
 */
public final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private static final Duration POLL = Duration.ofMillis(500);

    private static final long FIRST_PAUSE_MS = 100;

    private static final long LONGEST_PAUSE_MS = 5000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    private final Collection<String> topics;

    private final EventSerde serde;

    private final FactStore store;

    private final RefusedRecords refusedRecords;

    private final IntakeMeters meters;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    /** The consumer at work; null between two. */
    private volatile @Nullable Consumer<byte[], byte[]> current;

    /** Whether offsets are to be committed; only the intake's own thread looks. */
    private boolean uncommitted;

    /**
     * @param consumers makes a consumer with auto-commit off, which this intake closes; a new one is made if one fails
     * @param topics the domains' topics
     */
    Intake(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            EventSerde serde,
            FactStore store,
            RefusedRecords refusedRecords,
            IntakeMeters meters) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.serde = serde;
        this.store = store;
        this.refusedRecords = refusedRecords;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("intake").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long pause = FIRST_PAUSE_MS;
        try {
            while (stopped.getCount() > 0) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    current = consumer;
                    consumer.subscribe(topics);
                    while (stopped.getCount() > 0) {
                        pollAndTake(consumer);
                        pause = FIRST_PAUSE_MS;
                    }
                } catch (WakeupException e) {
                    log.debug("the intake was woken up to stop");
                } catch (RuntimeException e) {
                    // Rights taken away, a topic deleted, a defect of the client: what was not committed is read again.
                    meters.failed(e);
                    log.error("the intake's consumer failed; a new one is made in {} ms: {}", pause, e, e);
                    stopped.await(pause, TimeUnit.MILLISECONDS);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
                } finally {
                    current = null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollAndTake(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        if (!records.isEmpty()) {
            takeUntilDone(records);
            uncommitted = true;
        }
        if (uncommitted) {
            uncommitted = !commit(consumer);
        }
        meters.working();
    }

    /** Takes records in; if something is out of reach, tries again until it is back or the process stops. */
    private void takeUntilDone(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        long pause = FIRST_PAUSE_MS;
        while (true) {
            try {
                take(records);
                return;
            } catch (RuntimeException | ExecutionException e) {
                // Whatever it is, an event is never passed over for it: the place in the topic stays where it is.
                log.warn(
                        "taking in {} events failed and is tried again in {} ms: {}",
                        records.size(),
                        pause,
                        e.toString());
                meters.waiting(e);
                if (stopped.await(pause, TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("stopped while it waited to try again");
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
            }
        }
    }

    private void take(List<ConsumerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        List<Decoded> decoded = new ArrayList<>(records.size());
        List<Future<RecordMetadata>> refused = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                decoded.add(new Decoded(record, StatementReader.read(serde.deserialize(record), record)));
            } catch (UndecodableEventException e) {
                refused.add(refusedRecords.keep(record, e.reason().code(), String.valueOf(e.getMessage())));
            }
        }
        add(decoded, refused);
        for (Future<RecordMetadata> each : refused) {
            each.get();
        }
    }

    /** A record with what it says. */
    private record Decoded(ConsumerRecord<byte[], byte[]> record, ReceivedStatement statement) {}

    /** Adds statements; if PostgreSQL refuses them, halves the batch until the bad one is found alone. */
    private void add(List<Decoded> batch, List<Future<RecordMetadata>> refused) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            BatchReport report =
                    store.add(batch.stream().map(Decoded::statement).toList());
            meters.added(report);
        } catch (StoreException e) {
            if (!e.isRefused()) {
                throw e;
            }
            if (batch.size() == 1) {
                refused.add(refusedRecords.keep(
                        batch.getFirst().record(), "refused-by-store", String.valueOf(e.getMessage())));
            } else {
                add(batch.subList(0, batch.size() / 2), refused);
                add(batch.subList(batch.size() / 2, batch.size()), refused);
            }
        }
    }

    /** Whether the offsets are committed; if not, they are to be after the next poll, be there more records or none. */
    private static boolean commit(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.commitSync();
            return true;
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // Partitions that go to another process are read there again without effect; those that stay are still
            // ours.
            log.info("offsets were not committed, for partitions move: {}", e.getMessage());
        } catch (RetriableException e) {
            log.warn("offsets were not committed; they will be after the next poll: {}", e.toString());
        }
        return false;
    }

    /** Stops after the batch at hand; waits up to 20 s. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(Duration.ofSeconds(20));
    }
}
