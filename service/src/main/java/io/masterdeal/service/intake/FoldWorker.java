package io.masterdeal.service.intake;

import io.masterdeal.service.store.FactStore;
import io.masterdeal.worker.WorkerDeaths;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds, in chunks, the deals that wait for it. Thousands may, because of one event; while other events come in, there is a pause
 * after each chunk, so that these are not late for it.
 */
public final class FoldWorker {

    private static final Logger log = LoggerFactory.getLogger(FoldWorker.class);

    private static final int CHUNK = 200;

    private static final long IDLE_MS = 200;

    private final FactStore store;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    /** How often the store was added to when the last chunk was done. */
    private long additionsSeen;

    FoldWorker(FactStore store) {
        this.store = store;
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
                    // Whatever else it is: the marks stay, and the next try may find it mended.
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
        long begun = System.nanoTime();
        int folded = store.settlePending(CHUNK);
        long took = System.nanoTime() - begun;
        // Since the chunk before: who waits for rows of this one has begun, and is not done.
        long now = store.additionsBegun();
        boolean isBusy = now > additionsSeen || store.isAdding();
        additionsSeen = now;
        return pause(folded, Duration.ofNanos(took), isBusy);
    }

    /**
     * How long to wait between two chunks, in ms.
     *
     * @param folded how many deals the first one had
     * @param took how long they took
     * @param isBusy whether events are being stored, or were since the chunk before
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
