package io.masterdeal.console.live;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a reader has to be told next: one change, into which later ones are merged, so that a slow reader costs no memory. */
final class LiveMailbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private @Nullable LiveChange waiting;
    private boolean closed;

    /** Adds a change; never waits for the reader. */
    void offer(LiveChange change) {
        lock.lock();
        try {
            LiveChange before = waiting;
            waiting = before == null ? change : before.and(change);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the reader end. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change; null if there was none for a time, or the mailbox is closed. */
    @Nullable
    LiveChange take(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (waiting == null && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            LiveChange taken = waiting;
            waiting = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
