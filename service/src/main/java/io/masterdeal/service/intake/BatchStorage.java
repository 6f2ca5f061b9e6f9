package io.masterdeal.service.intake;

import io.masterdeal.facts.BatchReport;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.StoreException;
import io.masterdeal.service.intake.InputPositions.Step;
import io.masterdeal.service.intake.IntakeBatch.Decoded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Stores batches: each of the lanes in a transaction of its own, or several. The positions after a batch are written where all of
 * it is stored: in its transaction if it is one, otherwise in one more after the last, which checks that PostgreSQL still has the
 * others. (docs/adr/0027)
 */
final class BatchStorage {

    private final FactStore store;

    private final InputPositions positions;

    private final RefusedRecords refusedRecords;

    private final IntakeMeters meters;

    private final IntakeLimits limits;

    private final Lanes lanes;

    BatchStorage(
            FactStore store,
            InputPositions positions,
            RefusedRecords refusedRecords,
            IntakeMeters meters,
            IntakeLimits limits) {
        this.store = store;
        this.positions = positions;
        this.refusedRecords = refusedRecords;
        this.meters = meters;
        this.limits = limits;
        this.lanes = new Lanes(limits);
    }

    /**
     * Begins to store a batch. For the intake's thread.
     *
     * @param decoded what is to be stored
     * @param refused what to keep in {@code error.events}
     * @param steps PostgreSQL's positions before and after the batch
     * @param stored takes a future for each lane, and one for what is refused
     */
    void store(
            List<Decoded> decoded,
            List<IntakeBatch.Refusal> refused,
            Map<TopicPartition, Step> steps,
            Retry retry,
            ExecutorService writers,
            List<Future<?>> stored) {
        List<List<List<Decoded>>> work = lanes.divide(decoded, Decoded::statement).stream()
                .map(this::parts)
                .toList();
        boolean alone = refused.isEmpty() && work.size() == 1 && work.getFirst().size() == 1;
        Pieces pieces = new Pieces(steps, retry, work.size() + 1);
        if (alone) {
            List<Decoded> part = work.getFirst().getFirst();
            stored.add(writers.submit(() -> {
                retry.untilDone(part.size(), () -> storeWhole(part, steps));
                return null;
            }));
            return;
        }
        for (List<List<Decoded>> lane : work) {
            stored.add(writers.submit(() -> {
                for (List<Decoded> part : lane) {
                    retry.untilDone(part.size(), () -> store(part, pieces));
                }
                pieces.oneIsDone();
                return null;
            }));
        }
        stored.add(writers.submit(() -> {
            if (!refused.isEmpty()) {
                retry.untilDone(refused.size(), () -> keep(refused));
            }
            pieces.oneIsDone();
            return null;
        }));
    }

    /** The parts of a batch in several transactions; the one that ends last writes the positions. */
    private final class Pieces {

        private final Map<TopicPartition, Step> steps;

        private final Retry retry;

        private final AtomicInteger left;

        private final Queue<UUID> parts = new ConcurrentLinkedQueue<>();

        Pieces(Map<TopicPartition, Step> steps, Retry retry, int count) {
            this.steps = steps;
            this.retry = retry;
            this.left = new AtomicInteger(count);
        }

        void oneIsDone() throws InterruptedException {
            if (left.decrementAndGet() == 0) {
                retry.untilDone(
                        0, () -> store.inTransaction(connection -> positions.advance(connection, steps, parts)));
            }
        }
    }

    /** A lane in as few transactions as are allowed, all of about the same size. */
    private List<List<Decoded>> parts(List<Decoded> lane) {
        int count = Math.ceilDiv(lane.size(), limits.transaction());
        List<List<Decoded>> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            parts.add(lane.subList(lane.size() * part / count, lane.size() * (part + 1) / count));
        }
        return parts;
    }

    private void keep(List<IntakeBatch.Refusal> refusals) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(refusals.size());
        refusals.forEach(each -> sent.add(refusedRecords.keep(each.record(), each.reason(), each.detail())));
        awaitAll(sent);
    }

    private static void awaitAll(Collection<Future<RecordMetadata>> sent)
            throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /** A batch that is one transaction. If PostgreSQL refuses some of it, it becomes several. */
    private void storeWhole(List<Decoded> batch, Map<TopicPartition, Step> steps)
            throws ExecutionException, InterruptedException {
        try {
            BatchReport report = store.add(
                    batch.stream().map(Decoded::statement).toList(),
                    connection -> positions.advance(connection, steps, List.of()));
            meters.added(batch, report);
        } catch (StoreException e) {
            if (!e.isRefused()) {
                throw e;
            }
            List<UUID> parts = new ArrayList<>();
            List<Future<RecordMetadata>> refused = new ArrayList<>();
            halve(batch, e, parts, refused);
            awaitAll(refused);
            store.inTransaction(connection -> positions.advance(connection, steps, parts));
        }
    }

    private void store(List<Decoded> part, Pieces pieces) throws ExecutionException, InterruptedException {
        List<UUID> parts = new ArrayList<>();
        List<Future<RecordMetadata>> refused = new ArrayList<>();
        add(part, parts, refused);
        awaitAll(refused);
        pieces.parts.addAll(parts);
    }

    /** Adds statements; if PostgreSQL refuses them, halves the batch until the bad one is found alone. */
    private void add(List<Decoded> batch, List<UUID> parts, List<Future<RecordMetadata>> refused) {
        UUID part = UUID.randomUUID();
        try {
            BatchReport report = store.add(
                    batch.stream().map(Decoded::statement).toList(),
                    connection -> InputPositions.note(connection, part));
            meters.added(batch, report);
            parts.add(part);
        } catch (StoreException e) {
            if (!e.isRefused()) {
                throw e;
            }
            halve(batch, e, parts, refused);
        }
    }

    private void halve(
            List<Decoded> batch, StoreException why, List<UUID> parts, List<Future<RecordMetadata>> refused) {
        if (batch.size() == 1) {
            refused.add(refusedRecords.keep(
                    batch.getFirst().record(), "refused-by-store", String.valueOf(why.getMessage())));
        } else {
            add(batch.subList(0, batch.size() / 2), parts, refused);
            add(batch.subList(batch.size() / 2, batch.size()), parts, refused);
        }
    }
}
