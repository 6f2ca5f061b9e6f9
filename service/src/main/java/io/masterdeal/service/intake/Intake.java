package io.masterdeal.service.intake;

import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.service.store.BatchReport;
import io.masterdeal.service.store.FactStore;
import io.masterdeal.service.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the domains' topics and adds what they say to the store: a batch at a time, each of its {@link Lanes} in a transaction
 * of its own. Offsets are committed only after
 * the store has committed and refused records lie in {@code error.events}, so a killed process loses nothing; what it
 * reads again changes nothing.
 */
public final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    /** So many records a lane are taken in at once, if they are there; and no transaction has more. */
    private static final int BATCH = 1000;

    private static final Duration POLL = Duration.ofMillis(500);

    /** While a batch is being stored, its offsets wait to be committed. */
    private static final Duration SHORT_POLL = Duration.ofMillis(2);

    /**
     * How long a batch may grow while the one before is stored. Who reads on forever keeps its partitions, even if it cannot
     * store and somebody else could.
     */
    private static final Duration LONGEST_READING = Duration.ofSeconds(10);

    private static final long FIRST_PAUSE_MS = 100;

    private static final long LONGEST_PAUSE_MS = 5000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    private final Collection<String> topics;

    private final EventSerde serde;

    private final FactStore store;

    private final RefusedRecords refusedRecords;

    private final IntakeMeters meters;

    private final Lanes lanes;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    /** The consumer at work; null between two. */
    private volatile @Nullable Consumer<byte[], byte[]> current;

    /** How many partitions this process reads. */
    private volatile int partitions;

    /** What is being stored; only the intake's own thread looks, as at the next. */
    private @Nullable InFlight inFlight;

    /** Before a consumer is made anew, in ms. */
    private long pause = FIRST_PAUSE_MS;

    /** Offsets of what is stored and not committed. */
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

    /**
     * @param consumers makes a consumer with auto-commit off, which this intake closes; a new one is made if one fails
     * @param topics the domains' topics
     * @param lanes what divides the batches
     */
    Intake(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            EventSerde serde,
            FactStore store,
            RefusedRecords refusedRecords,
            IntakeMeters meters,
            Lanes lanes) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.serde = serde;
        this.store = store;
        this.refusedRecords = refusedRecords;
        this.meters = meters;
        this.lanes = lanes;
        this.thread = Thread.ofPlatform().name("intake").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (ExecutorService writers = Executors.newFixedThreadPool(
                lanes.count(), Thread.ofPlatform().name("intake-store-", 1).factory())) {
            while (stopped.getCount() > 0) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    current = consumer;
                    work(consumer, writers);
                } catch (RuntimeException e) {
                    // Rights taken away, a topic deleted, a defect of the client: what was not committed is read again.
                    meters.failed(e);
                    log.error("the intake's consumer failed; a new one is made in {} ms: {}", pause, e, e);
                    stopped.await(pause, TimeUnit.MILLISECONDS);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
                } finally {
                    current = null;
                    partitions = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes records in until it is to stop, or the consumer fails. */
    private void work(Consumer<byte[], byte[]> consumer, ExecutorService writers) throws InterruptedException {
        MergedRecords records = new MergedRecords(consumer, MergedRecords.STRAGGLER);
        inFlight = null;
        uncommitted.clear();
        try {
            consumer.subscribe(topics, records);
            while (stopped.getCount() > 0) {
                readAndTake(consumer, records, writers);
            }
        } catch (WakeupException e) {
            log.debug("the intake was woken up to stop");
        }
        if (inFlight != null) {
            await(inFlight);
            commit(consumer);
        }
    }

    /** What is being stored, lane by lane, and the offsets to be committed once all of it is. */
    private record InFlight(List<Future<?>> stored, Map<TopicPartition, OffsetAndMetadata> offsets) {

        boolean isUnderWay() {
            return !stored.stream().allMatch(Future::isDone);
        }
    }

    /** Reads and decodes the next batch while the one before is stored; then commits that one's offsets. */
    private void readAndTake(Consumer<byte[], byte[]> consumer, MergedRecords merged, ExecutorService writers)
            throws InterruptedException {
        InFlight before = inFlight;
        IntakeBatch batch = read(merged, before);
        partitions = consumer.assignment().size();
        if (before != null) {
            await(before);
        }
        commit(consumer);
        inFlight = batch.isEmpty() ? null : new InFlight(store(batch, writers), batch.offsets());
        if (before != null || batch.isEmpty()) { // Not if a batch has merely begun: it may fail, again and again.
            pause = FIRST_PAUSE_MS;
            meters.working();
        }
    }

    /**
     * Reads a batch. What is there is taken at once if nothing is being stored; otherwise the batch grows until that is done, for
     * each batch costs statements and a commit of its own.
     */
    private IntakeBatch read(MergedRecords merged, @Nullable InFlight before) throws InterruptedException {
        IntakeBatch batch = new IntakeBatch(serde, BATCH * lanes.count());
        long end = System.nanoTime() + LONGEST_READING.toNanos();
        do {
            List<ConsumerRecord<byte[], byte[]>> records =
                    merged.next(before == null ? POLL : SHORT_POLL, batch.room());
            untilDone(records.size(), () -> batch.add(records));
        } while (before != null
                && before.isUnderWay()
                && batch.room() > 0
                && System.nanoTime() < end
                && stopped.getCount() > 0);
        return batch;
    }

    /** How many partitions this process reads now; 0 if others read them, or nobody. */
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
        uncommitted.putAll(batch.offsets());
    }

    /** Something that may be out of reach for a while. */
    @FunctionalInterface
    private interface Work {
        void run() throws ExecutionException, InterruptedException;
    }

    /** Does what has to be done; if something is out of reach, tries again until it is back or the process stops. */
    private void untilDone(int events, Work work) throws InterruptedException {
        long wait = FIRST_PAUSE_MS;
        while (true) {
            try {
                work.run();
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (ExecutionException | RuntimeException e) {
                // Whatever it is, an event is never passed over for it: the place in the topic stays where it is.
                log.warn("taking in {} events failed and is tried again in {} ms: {}", events, wait, e.toString());
                meters.waiting(e);
                if (stopped.await(wait, TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("stopped while it waited to try again");
                }
                wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
            }
        }
    }

    /** Begins to store a batch; a future for each lane, and one for what is refused. */
    private List<Future<?>> store(IntakeBatch batch, ExecutorService writers) {
        List<Future<?>> stored = new ArrayList<>();
        if (!batch.refused().isEmpty()) {
            stored.add(writers.submit(() -> {
                untilDone(batch.refused().size(), () -> keep(batch.refused()));
                return null;
            }));
        }
        for (List<IntakeBatch.Decoded> lane : lanes.divide(batch.decoded(), IntakeBatch.Decoded::statement)) {
            stored.add(writers.submit(() -> {
                for (int from = 0; from < lane.size(); from += BATCH) {
                    List<IntakeBatch.Decoded> part = lane.subList(from, Math.min(lane.size(), from + BATCH));
                    untilDone(part.size(), () -> store(part));
                }
                return null;
            }));
        }
        return stored;
    }

    private void keep(List<IntakeBatch.Refusal> refusals) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(refusals.size());
        refusals.forEach(each -> sent.add(refusedRecords.keep(each.record(), each.reason(), each.detail())));
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private void store(List<IntakeBatch.Decoded> part) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> refused = new ArrayList<>();
        add(part, refused);
        for (Future<RecordMetadata> each : refused) {
            each.get();
        }
    }

    /** Adds statements; if PostgreSQL refuses them, halves the batch until the bad one is found alone. */
    private void add(List<IntakeBatch.Decoded> batch, List<Future<RecordMetadata>> refused) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            BatchReport report =
                    store.add(batch.stream().map(IntakeBatch.Decoded::statement).toList());
            meters.added(batch.size(), report);
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

    /** Commits the offsets of what is stored; what cannot be committed now is tried again the next time. */
    private void commit(Consumer<byte[], byte[]> consumer) {
        // Partitions that went to another process are read there again, without effect, and are no business of ours.
        uncommitted.keySet().retainAll(consumer.assignment());
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(uncommitted);
            uncommitted.clear();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            log.info("offsets were not committed, for partitions move: {}", e.getMessage());
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
