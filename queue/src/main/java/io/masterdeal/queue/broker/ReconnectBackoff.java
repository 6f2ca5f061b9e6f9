package io.masterdeal.queue.broker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** RetryPauses between tries that fail: each twice the one before, from 100 ms up to 5 s. Cut short when there is no more to try. */
public final class ReconnectBackoff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition ended = lock.newCondition();

    private Duration next = FIRST;

    private boolean over;

    /** Something went well. */
    public void reset() {
        lock.lock();
        try {
            next = FIRST;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits before the next try.
     *
     * @return false if there shall be none
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

    /** Ends this and every later pause at once. */
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
