package io.masterdeal.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process: its shutdown hooks may stop it in order; if they take too long, or no thread can be created for them, it is
 * halted. Nothing is lost by that, because any process may be killed at any moment.
 */
final class ProcessEnd {

    private static final Logger log = LoggerFactory.getLogger(ProcessEnd.class);

    private static final long IN_ORDER_WITHIN_S = 30;

    private final AtomicBoolean begun = new AtomicBoolean();

    /** Begins to end it and returns, because the hooks may wait for the calling thread. */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            log.error("this process ends with exit code {} in order to be restarted", WorkerDeaths.EXIT_CODE);
            Thread.ofPlatform().daemon().name("process-halt").start(ProcessEnd::haltLater);
            Thread.ofPlatform().daemon().name("process-end").start(() -> System.exit(WorkerDeaths.EXIT_CODE));
        } catch (Throwable e) { // Whatever it is, the process has to end.
            Runtime.getRuntime().halt(WorkerDeaths.EXIT_CODE);
        }
    }

    private static void haltLater() {
        try {
            TimeUnit.SECONDS.sleep(IN_ORDER_WITHIN_S);
        } catch (InterruptedException e) {
            Thread.currentThread()
                    .interrupt(); // Nobody interrupts it; if somebody did, there would be no reason to wait.
        }
        Runtime.getRuntime().halt(WorkerDeaths.EXIT_CODE);
    }
}
