package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.worker.Workers;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the work of simulated people, each on its own thread. Closing it interrupts all of them. */
public final class StoryExecutor implements AutoCloseable {
    /** Some work. */
    @FunctionalInterface
    public interface Work {
        /**
         * Performs it.
         *
         * @throws InterruptedException if the simulation is being stopped
         */
        void run() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoryExecutor.class);

    private final ExecutorService threads = Workers.perTask("sandbox-work-");

    /**
     * Runs work for a deal on a new thread. The deal does not finish before the work.
     *
     * @param deal the deal
     * @param work the work
     */
    public void execute(SimulatedDeal deal, Work work) {
        deal.begin();
        boolean begun = false;
        try {
            threads.execute(() -> {
                try {
                    run(deal, work);
                } finally {
                    deal.end();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                deal.end();
            }
        }
    }

    /**
     * Runs work on the calling thread and notes a failure in the deal.
     *
     * @param deal the deal
     * @param work the work
     */
    public static void run(SimulatedDeal deal, Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Refusal e) {
            deal.note("broken");
            LOG.warn("The story of {} was aborted: {} {}", deal.key(), e.getMessage(), e.errors());
        } catch (RuntimeException e) {
            deal.note("broken");
            LOG.warn("The story of {} was aborted", deal.key(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
