package io.masterdeal.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between the attempts of one request as {@link RetryPolicy} says. */
final class RetryTimer {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RetryPolicy policy;

    private final RetryListener listener;

    private final CountDownLatch closed;

    private long start = System.nanoTime();

    private int repeats;

    /**
     * @param closed ends every pause when it is open
     */
    RetryTimer(RetryPolicy policy, RetryListener listener, CountDownLatch closed) {
        this.policy = policy;
        this.listener = listener;
        this.closed = closed;
    }

    /** Something was decided: patience and pauses begin anew. */
    void restart() {
        start = System.nanoTime();
        repeats = 0;
    }

    /**
     * Waits before the next attempt.
     *
     * @param open how many events are not decided
     * @return false if there is to be no next attempt
     */
    boolean await(ApiException cause, int open) throws InterruptedException {
        if (!policy.repeats(cause)) {
            return false;
        }
        Duration pause = policy.pause(repeats++, cause.retryAfter());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        if (elapsed.plus(pause).compareTo(policy.patience()) > 0) {
            return false;
        }
        listener.waiting(cause, open, pause);
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (!listener.goOn() || closed.await(Math.min(left, LOOK_EVERY_NANOS), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
