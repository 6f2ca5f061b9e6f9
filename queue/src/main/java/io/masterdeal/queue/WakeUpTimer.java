package io.masterdeal.queue;

import java.time.Clock;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes one sleeping thread when something may be due. It remembers the times it is given: a row that is not committed yet
 * cannot be seen when the thread looks for the next one, but can be when its time comes.
 */
final class WakeUpTimer {

    /** Later times are not needed: the thread looks at least this often anyway, and sees the row then. */
    private static final long HORIZON_MS = 2_000;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition earlier = lock.newCondition();

    private final PriorityQueue<Long> times = new PriorityQueue<>();

    private final Clock clock;

    WakeUpTimer(Clock clock) {
        this.clock = clock;
    }

    /** Something is or will be due at this time. */
    void at(Instant time) {
        long now = clock.millis();
        long millis = Math.max(now, time.toEpochMilli());
        if (millis > now + HORIZON_MS) {
            return;
        }
        lock.lock();
        try {
            times.add(millis);
            earlier.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next of the times, at most this many ms. */
    void sleep(long atMostMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
        lock.lock();
        try {
            while (true) {
                long left = Math.min(deadline - System.nanoTime(), nanosToNextTime());
                if (left <= 0) {
                    forgetPast();
                    return;
                }
                var _ = earlier.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private long nanosToNextTime() {
        Long next = times.peek();
        return next == null ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(next - clock.millis());
    }

    private void forgetPast() {
        long now = clock.millis();
        for (Long next = times.peek(); next != null && next <= now; next = times.peek()) {
            times.remove();
        }
    }
}
