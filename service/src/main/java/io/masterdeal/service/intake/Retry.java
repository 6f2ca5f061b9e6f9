package io.masterdeal.service.intake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats work while something is out of reach, until it succeeds or the process stops. */
final class Retry {

    private static final Logger log = LoggerFactory.getLogger(Retry.class);

    /** The first pause before another try, in ms; each is twice as long as the previous one. */
    static final long FIRST_PAUSE_MS = 100;

    static final long LONGEST_PAUSE_MS = 5000;

    private final IntakeMeters meters;

    private final CountDownLatch stopped;

    /**
     * @param meters gets what is waited for
     * @param stopped at 0 when the process has to stop
     */
    Retry(IntakeMeters meters, CountDownLatch stopped) {
        this.meters = meters;
        this.stopped = stopped;
    }

    /** Something that may be out of reach for a while. */
    @FunctionalInterface
    interface Work {
        void run() throws ExecutionException, InterruptedException;
    }

    /**
     * Returns when the work is done.
     *
     * @param events how many events it is about
     * @throws InterruptedException if the process has to stop before that
     * @throws PositionsMovedException if PostgreSQL is not where the work begins
     */
    void untilDone(int events, Work work) throws InterruptedException {
        long wait = FIRST_PAUSE_MS;
        while (true) {
            try {
                work.run();
                return;
            } catch (InterruptedException | PositionsMovedException e) {
                throw e; // Storing the same batch again would not help.
            } catch (ExecutionException | RuntimeException e) {
                // Whatever the cause, no event is skipped because of it: the position in the topic stays where it is.
                log.warn("taking in {} events failed and is tried again in {} ms: {}", events, wait, e.toString());
                meters.waiting(e);
                if (stopped.await(wait, TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("stopped while it waited to try again");
                }
                wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
            }
        }
    }

    /** Whether the process has to stop. */
    boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
