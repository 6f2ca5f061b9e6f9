package io.masterdeal.role.operation;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.OperationWork.Chunk;
import io.masterdeal.role.operation.Operations.Claimed;
import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Works through operations that are too large for one answer, chunk by chunk, in every process; and deletes old ones. */
public final class OperationJobs implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OperationJobs.class);

    /** How often to look for what another process has left, or is to be tried again. */
    private static final long LOOK_EVERY_MS = 2_000;

    private static final long SWEEP_EVERY_NS = Duration.ofHours(1).toNanos();

    private static final int KEEP_DAYS = 30;

    private static final int DELETED_AT_ONCE = 5_000;

    private final Transactions transactions;

    private final Operations operations;

    private final OperationWork work;

    private final Semaphore wanted = new Semaphore(0);

    private volatile boolean running;

    private Thread thread = new Thread();

    /**
     * @param transactions in the role's schema
     * @param work does the chunks
     */
    public OperationJobs(Transactions transactions, Operations operations, OperationWork work) {
        this.transactions = transactions;
        this.operations = operations;
        this.work = work;
    }

    /** Looks for work at once. */
    public void wake() {
        wanted.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Workers.daemon("operations", this::run);
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
        wanted.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        long swept = System.nanoTime() - SWEEP_EVERY_NS;
        while (running) {
            try {
                boolean more = true;
                while (running && more) {
                    more = step();
                }
                if (System.nanoTime() - swept >= SWEEP_EVERY_NS) {
                    swept = System.nanoTime();
                    sweep();
                }
            } catch (SQLException | RuntimeException e) {
                log.warn("operations cannot go on now, trying again: {}", e.toString());
            }
            try {
                if (wanted.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            } catch (InterruptedException _) {
                return; // Stopped.
            }
        }
    }

    /** What a step did. */
    private record Step(Claimed claimed, Chunk chunk) {}

    /**
     * Does one chunk of the operation that waits for longest.
     *
     * @return false if no operation waits
     * @throws SQLException if the operations cannot be read, or it cannot be kept that the chunk failed
     */
    public boolean step() throws SQLException {
        @Nullable UUID[] claimed = new UUID[1];
        Optional<Step> step;
        try {
            step = transactions.runByKeys(connection -> {
                Sql sql = new Sql(connection);
                Optional<Claimed> next = operations.claim(sql);
                if (next.isEmpty()) {
                    return Optional.<Step>empty();
                }
                claimed[0] = next.get().task().id();
                return Optional.of(new Step(next.get(), advance(sql, next.get())));
            });
        } catch (SQLException | RuntimeException e) {
            UUID id = claimed[0];
            if (id == null) {
                throw e;
            }
            log.warn("a part of operation {} failed: {}", id, e.toString());
            transactions.runByKeys(connection -> {
                operations.failed(
                        new Sql(connection), id, String.valueOf(e.getMessage()).replace('\0', ' '));
                return true;
            });
            return true;
        }
        step.ifPresent(
                it -> work.committed(it.claimed().task().action(), it.chunk().results()));
        return step.isPresent();
    }

    private Chunk advance(Sql sql, Claimed claimed) throws SQLException {
        int most = (int) Math.min(Operations.CHUNK, claimed.left());
        Chunk chunk = work.work(sql, claimed.task(), most);
        operations.advance(sql, claimed.task().id(), chunk, chunk.place() == null || chunk.items() >= claimed.left());
        return chunk;
    }

    /** Deletes what is old. */
    void sweep() throws SQLException {
        int deleted;
        do {
            deleted = transactions.runByKeys(
                    connection -> operations.deleteOld(new Sql(connection), KEEP_DAYS, DELETED_AT_ONCE));
        } while (running && deleted > 0);
    }
}
