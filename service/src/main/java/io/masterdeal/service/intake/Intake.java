package io.masterdeal.service.intake;

import io.masterdeal.worker.WorkerDeaths;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the domains' topics and adds what they say to the store: a batch at a time, each of its {@link Lanes} in a transaction
 * of its own. PostgreSQL, which has the positions together with the facts, says where to continue. Kafka gets a copy, only after
 * the store has committed and refused records are in {@code error.events}. So a killed process loses nothing; what is read again
 * changes nothing.
 */
public final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private static final Duration PATIENCE_WITH_KAFKA = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    private final Collection<String> topics;

    private final RecordReader records;

    private final BatchStorage storage;

    private final ReadingPlaces places;

    private final IntakeMeters meters;

    private final IntakeLimits limits;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Retry retry;

    private final Thread thread;

    /** The consumer at work; null between two. */
    private volatile @Nullable Consumer<byte[], byte[]> current;

    /** How many partitions this process reads. */
    private volatile int partitions;

    /** What is being stored; only for the intake's own thread, as is the next field. */
    private @Nullable InFlight inFlight;

    /** The pause before a new consumer is made, in ms. */
    private long pause = Retry.FIRST_PAUSE_MS;

    /** Offsets of what is stored but not committed yet. */
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

    /**
     * @param consumers makes a consumer with auto-commit off, which this intake closes; a new one is made if one fails
     * @param topics the domains' topics
     * @param storage stores batches
     * @param places says where to read
     * @param limits how much is taken in at once
     */
    Intake(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            RecordReader records,
            BatchStorage storage,
            ReadingPlaces places,
            IntakeMeters meters,
            IntakeLimits limits) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.records = records;
        this.storage = storage;
        this.places = places;
        this.meters = meters;
        this.limits = limits;
        this.retry = new Retry(meters, stopped);
        this.thread = Workers.platform("intake", this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (ExecutorService writers = Workers.pool("intake-store-", limits.lanes())) {
            while (stopped.getCount() > 0) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    current = consumer;
                    work(consumer, writers);
                } catch (RuntimeException | Error e) {
                    // Rights taken away, a topic deleted, a defect of the client: what was not committed is read again.
                    WorkerDeaths.throwIfFatal(e);
                    meters.failed(e);
                    log.error("the intake's consumer failed; a new one is made in {} ms: {}", pause, e, e);
                    stopped.await(pause, TimeUnit.MILLISECONDS);
                    pause = Math.min(2 * pause, Retry.LONGEST_PAUSE_MS);
                } finally {
                    current = null;
                    partitions = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes records in until the intake is stopped, or the consumer fails. */
    private void work(Consumer<byte[], byte[]> consumer, ExecutorService writers) throws InterruptedException {
        BatchReader reader = new BatchReader(consumer, records, limits, retry);
        inFlight = null;
        uncommitted.clear();
        places.forgetAll();
        try {
            consumer.subscribe(topics, new Rebalancing(consumer, reader));
            while (!retry.isStopped()) {
                readAndTake(consumer, reader, writers);
            }
        } catch (WakeupException e) {
            log.debug("the intake was woken up to stop");
        } catch (RuntimeException | Error e) {
            awaitAfter(e);
            throw e;
        }
        if (inFlight != null) {
            await(inFlight);
        }
        try {
            commit(consumer);
        } catch (WakeupException e) {
            commit(consumer); // The thread to wake up was not waiting.
        }
    }

    /** This process commits nothing any more for partitions that go to another one, which may be ahead when they come back. */
    private final class Rebalancing implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;

        private final BatchReader reader;

        Rebalancing(Consumer<byte[], byte[]> consumer, BatchReader reader) {
            this.consumer = consumer;
            this.reader = reader;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> more) {
            place(consumer, reader, more);
            partitions = consumer.assignment().size();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> gone) {
            letGo(reader, gone);
            partitions = consumer.assignment().size() - gone.size();
        }
    }

    private void letGo(BatchReader reader, Collection<TopicPartition> gone) {
        reader.forget(gone);
        places.forget(gone);
        uncommitted.keySet().removeAll(gone);
        InFlight before = inFlight;
        if (before != null) {
            before.steps().keySet().removeAll(gone);
        }
    }

    /** Positions partitions where PostgreSQL stands, however long it takes to find that out. */
    private void place(Consumer<byte[], byte[]> consumer, BatchReader reader, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        try {
            retry.untilDone(0, () -> {
                Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
                Map<TopicPartition, Long> begin = places.place(partitions, asked -> {
                    committed.putAll(consumer.committed(asked, PATIENCE_WITH_KAFKA));
                    return committed;
                });
                reader.begin(partitions, begin);
                begin.forEach((partition, offset) -> {
                    OffsetAndMetadata copy = committed.get(partition);
                    if (copy != null && copy.offset() > offset) {
                        uncommitted.put(partition, new OffsetAndMetadata(offset));
                    }
                });
            });
        } catch (InterruptedException e) {
            throw new WakeupException(); // Only because the process stops.
        }
    }

    /** Positions partitions again that an operator has set, or whose position is not valid any more. */
    private void placeMoved(Consumer<byte[], byte[]> consumer, BatchReader reader) throws InterruptedException {
        Set<TopicPartition> moved = places.moved();
        moved.addAll(reader.outOfRange());
        InFlight before = inFlight;
        if (before != null) {
            moved.removeAll(before.steps().keySet()); // Their positions are known only when that is done.
        }
        if (!moved.isEmpty()) {
            places.cutOff(reader.cutOff());
            letGo(reader, moved);
            place(consumer, reader, moved);
        }
    }

    /** What is being stored, lane by lane, and PostgreSQL's positions once all of it is. */
    private record InFlight(List<Future<?>> stored, Map<TopicPartition, InputPositions.Step> steps) {

        boolean isUnderWay() {
            return !stored.stream().allMatch(Future::isDone);
        }
    }

    /** Reads and decodes the next batch while the previous one is stored; then commits the previous one's offsets. */
    private void readAndTake(Consumer<byte[], byte[]> consumer, BatchReader reader, ExecutorService writers)
            throws InterruptedException {
        placeMoved(consumer, reader);
        InFlight before = inFlight;
        IntakeBatch batch = before == null ? reader.next() : reader.nextWhile(before::isUnderWay);
        if (before != null) {
            await(before);
        }
        commit(consumer);
        if (before != null || batch.isEmpty()) { // Not when a batch has merely begun: it may fail repeatedly.
            pause = Retry.FIRST_PAUSE_MS;
            meters.working();
        }
        if (batch.isEmpty()) {
            inFlight = null;
        } else {
            Map<TopicPartition, InputPositions.Step> steps = places.steps(batch.offsets());
            InFlight now = new InFlight(new ArrayList<>(), new HashMap<>(steps));
            inFlight = now; // Before the first lane begins, so that it is awaited if the second one cannot.
            storage.store(batch.decoded(), batch.refused(), steps, retry, writers, now.stored());
        }
    }

    /** How many partitions this process reads now; 0 if other processes read them, or none does. */
    int partitions() {
        return partitions;
    }

    private void await(InFlight batch) throws InterruptedException {
        @Nullable Throwable failure = null;
        for (Future<?> lane : batch.stored()) { // All of them, so that none is at work when the next consumer reads.
            try {
                lane.get();
            } catch (ExecutionException e) {
                failure = e.getCause();
            }
        }
        if (failure instanceof InterruptedException) {
            throw new InterruptedException("stopped while a batch waited to be tried again");
        }
        if (failure != null) {
            throw new IllegalStateException("storing events failed", failure);
        }
        places.stored(batch.steps());
        batch.steps().forEach((partition, step) -> uncommitted.put(partition, new OffsetAndMetadata(step.next())));
    }

    /** Waits for the running lanes, so that none runs when the next consumer reads. */
    private void awaitAfter(Throwable failure) throws InterruptedException {
        if (inFlight != null) {
            try {
                await(inFlight);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Commits the offsets of what is stored; what cannot be committed now is tried again the next time. */
    private void commit(Consumer<byte[], byte[]> consumer) {
        // Partitions that went to another process are read again there, without effect; this process ignores them.
        uncommitted.keySet().retainAll(consumer.assignment());
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(uncommitted);
            uncommitted.clear();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            log.info("offsets were not committed because partitions move: {}", e.getMessage());
        } catch (RetriableException e) {
            log.warn("offsets were not committed; they will be after the next poll: {}", e.toString());
        }
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
