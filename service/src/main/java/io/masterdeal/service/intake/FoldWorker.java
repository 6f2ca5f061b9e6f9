package io.masterdeal.service.intake;

import io.masterdeal.facts.FactStore;
import io.masterdeal.worker.WorkerDeaths;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds, in chunks, the deals that wait for it. One event may make thousands wait; while other events come in, there is a pause
 * after each chunk, so that these are not delayed.
 */
public final class FoldWorker {

    private static final Logger log = LoggerFactory.getLogger(FoldWorker.class);

    private static final int MOST_IN_CHUNK = 200;

    private static final int FEWEST_IN_CHUNK = 10;

    /** A batch that needs a deal of a chunk waits for the whole chunk. */
    private static final Duration CHUNK_WHILE_BUSY = Duration.ofMillis(40);

    private static final long IDLE_MS = 200;

    private final FactStore store;

    private final FoldProgress progress;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    private int chunk = MOST_IN_CHUNK;

    /** How many additions to the store had begun when the last chunk was done. */
    private long additionsSeen;

    FoldWorker(FactStore store) {
        this.store = store;
        this.progress = new FoldProgress(store::pending, System::nanoTime);
        this.thread = Workers.platform("fold-worker", this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long pause = IDLE_MS;
            do {
                try {
                    pause = fold();
                } catch (RuntimeException | Error e) {
                    // Whatever else it is: the marks stay, and the next try may succeed.
                    WorkerDeaths.throwIfFatal(e);
                    pause = Math.clamp(2 * pause, IDLE_MS, 5000);
                    log.warn("folding pending deals failed and is tried again in {} ms", pause, e);
                }
            } while (!stopped.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Folds a chunk; returns how long to wait before the next one, in ms. */
    private long fold() {
        progress.beforeChunk();
        long begun = System.nanoTime();
        int folded = store.settlePending(chunk);
        long took = System.nanoTime() - begun;
        progress.afterChunk(folded).ifPresent(log::info);
        // Since the previous chunk: a batch that waits for rows of this one has begun and not ended.
        long now = store.additionsBegun();
        boolean isBusy = now > additionsSeen || store.isAdding();
        additionsSeen = now;
        if (folded > 0) {
            chunk = nextChunk(folded, Duration.ofNanos(took), isBusy);
        }
        return pause(folded, Duration.ofNanos(took), isBusy);
    }

    /**
     * How many deals to fold at once next: few enough to be quick while events come in, and many otherwise, which is cheaper.
     *
     * @param folded how many the previous chunk had
     * @param took how long they took
     * @param isBusy whether events are being stored, or were since the previous chunk
     */
    static int nextChunk(int folded, Duration took, boolean isBusy) {
        if (!isBusy) {
            return MOST_IN_CHUNK;
        }
        long fitting = folded * CHUNK_WHILE_BUSY.toNanos() / Math.max(1, took.toNanos());
        return (int)
                Math.clamp(fitting, FEWEST_IN_CHUNK, Math.min(MOST_IN_CHUNK, 2L * Math.max(FEWEST_IN_CHUNK, folded)));
    }

    /**
     * How long to wait between two chunks, in ms.
     *
     * @param folded how many deals the first one had
     * @param took how long they took
     * @param isBusy whether events are being stored, or were since the previous chunk
     */
    static long pause(int folded, Duration took, boolean isBusy) {
        if (folded == 0) {
            return IDLE_MS;
        }
        return isBusy ? Math.min(took.toMillis(), IDLE_MS) : 0;
    }

    /** Stops after the chunk at hand; waits up to 20 s. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(Duration.ofSeconds(20));
    }
}
