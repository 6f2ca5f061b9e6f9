package io.masterdeal.queue.broker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * RetryPauses between failed attempts: each twice as long as the one before, from 100 ms up to 5 s. Ended early when there is
 * nothing more to try.
 */
public final class ReconnectBackoff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition ended = lock.newCondition();

    private Duration next = FIRST;

    private boolean over;

    /** An attempt succeeded: begins with the shortest pause again. */
    public void reset() {
        lock.lock();
        try {
            next = FIRST;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits before the next attempt.
     *
     * @return false if there should be none
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean pause() throws InterruptedException {
        lock.lock();
        try {
            long left = next.toNanos();
            next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
            while (!over && left > 0) {
                left = ended.awaitNanos(left);
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /** Ends this and every later pause immediately. */
    public void end() {
        lock.lock();
        try {
            over = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The length of the next pause in ms, for messages. */
    public long nextMillis() {
        lock.lock();
        try {
            return TimeUnit.NANOSECONDS.toMillis(next.toNanos());
        } finally {
            lock.unlock();
        }
    }
}
