package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.worker.Workers;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People at work, each on a thread of his own. Closed, it interrupts them all. */
public final class StoryExecutor implements AutoCloseable {
    /** Some work. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @throws InterruptedException if people shall stop
         */
        void run() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoryExecutor.class);

    private final ExecutorService threads = Workers.perTask("sandbox-work-");

    /**
     * Lets somebody work for a deal, which is not finished before.
     *
     * @param deal the deal
     * @param work what is done
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
     * Does work on the thread of the caller; what goes wrong is noted in the file.
     *
     * @param deal the deal
     * @param work what is done
     */
    public static void run(SimulatedDeal deal, Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Refusal e) {
            deal.note("broken");
            LOG.warn("The story of {} broke off: {} {}", deal.key(), e.getMessage(), e.errors());
        } catch (RuntimeException e) {
            deal.note("broken");
            LOG.warn("The story of {} broke off", deal.key(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
