package io.masterdeal.service.sla;

import io.masterdeal.facts.FactStore;
import io.masterdeal.worker.WorkerDeaths;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates deals whose clocks are due, and so has warnings and breaches told. Each process that works has one. */
public final class DeadlineWorker {

    private static final Logger log = LoggerFactory.getLogger(DeadlineWorker.class);

    /** A batch of the intake that needs one of these deals waits for all of them. */
    private static final int MOST_AT_ONCE = 200;

    private static final long IDLE_MS = 100;

    private static final long LONGEST_PAUSE_MS = 5_000;

    private final FactStore store;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    DeadlineWorker(FactStore store) {
        this.store = store;
        this.thread = Workers.platform("sla-deadlines", this::run);
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            long pause = IDLE_MS;
            do {
                try {
                    pause = store.settleDue(MOST_AT_ONCE) == 0 ? IDLE_MS : 0;
                } catch (RuntimeException | Error e) {
                    // Whatever it is: the deadlines stay, and the next try may succeed.
                    WorkerDeaths.throwIfFatal(e);
                    pause = Math.clamp(2 * pause, IDLE_MS, LONGEST_PAUSE_MS);
                    log.warn("evaluating due clocks failed and is tried again in {} ms", pause, e);
                }
            } while (!stopped.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops after the deals at hand; waits up to 20 s. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        if (thread.isAlive()) {
            thread.join(Duration.ofSeconds(20));
        }
    }
}
