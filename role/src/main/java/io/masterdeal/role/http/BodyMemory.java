package io.masterdeal.role.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all request bodies in progress share, and the part of it that one caller may use.
 *
 * <p>Waiting requests are served in order, except that a caller whose part is used up keeps nobody else waiting. No more requests of
 * one caller wait than may be in progress. Thread-safe.
 */
final class BodyMemory {
    private static final long NEVER = Long.MIN_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private final Map<String, Held> callers = new HashMap<>();
    private final AtomicLong lastRefused = new AtomicLong(NEVER);
    private final long share;
    private final int atOnce;
    private final Duration patience;
    private long free;

    /**
     * @param bytes for all together
     * @param share bytes for one caller
     * @param atOnce bodies of one caller
     * @param patience how long a request waits for memory
     */
    BodyMemory(long bytes, long share, int atOnce, Duration patience) {
        this.free = bytes;
        this.share = share;
        this.atOnce = atOnce;
        this.patience = patience;
    }

    /**
     * Reserves memory for a body.
     *
     * @param bytes reserved at first
     * @throws BodyRefusedException if there is no room for it in time
     */
    Lease begin(String caller, long bytes) {
        var lease = new Lease(caller);
        take(lease, bytes, true);
        return lease;
    }

    /** Nanoseconds since a body was last refused because other callers had the memory; negative if none was. */
    long sinceRefused() {
        long at = lastRefused.get();
        return at == NEVER ? -1 : System.nanoTime() - at;
    }

    /** How many requests wait. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void take(Lease lease, long bytes, boolean begins) {
        lock.lock();
        try {
            var waiter = new Waiter(lease, bytes, begins, lock.newCondition());
            if (begins && waiting(lease.caller) >= atOnce) {
                throw refusal(waiter);
            }
            queue.add(waiter);
            serve();
            long left = patience.toNanos();
            while (!waiter.served && left > 0) {
                left = waiter.condition.awaitNanos(left);
            }
            if (!waiter.served) {
                queue.remove(waiter);
                throw refusal(waiter);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BodyRefusedException(BodyRefusedException.Fault.CROWDED, "The process stops; nothing was done.");
        } finally {
            lock.unlock();
        }
    }

    private long waiting(String caller) {
        return queue.stream().filter(it -> it.lease.caller.equals(caller)).count();
    }

    private BodyRefusedException refusal(Waiter waiter) {
        if (!fitsItsCaller(waiter)) {
            return new BodyRefusedException(
                    BodyRefusedException.Fault.CROWDED,
                    "This caller has as many bodies under way as one caller may have (" + atOnce + ", or " + share
                            + " bytes); nothing was done. Send it again later.");
        }
        lastRefused.set(System.nanoTime());
        return new BodyRefusedException(
                BodyRefusedException.Fault.CROWDED,
                "There is more to do than can be done; nothing was done. Send it again later.");
    }

    private void serve() {
        for (Iterator<Waiter> waiting = queue.iterator(); waiting.hasNext(); ) {
            Waiter waiter = waiting.next();
            if (!fitsItsCaller(waiter)) {
                continue;
            }
            if (waiter.bytes > free) {
                return;
            }
            waiting.remove();
            Held held = callers.computeIfAbsent(waiter.lease.caller, _ -> new Held());
            held.bytes += waiter.bytes;
            held.bodies += waiter.begins ? 1 : 0;
            waiter.lease.bytes += waiter.bytes;
            free -= waiter.bytes;
            waiter.served = true;
            waiter.condition.signal();
        }
    }

    private boolean fitsItsCaller(Waiter waiter) {
        Held held = callers.get(waiter.lease.caller);
        return held == null || (held.bytes + waiter.bytes <= share && held.bodies + (waiter.begins ? 1 : 0) <= atOnce);
    }

    private void giveBack(Lease lease) {
        lock.lock();
        try {
            free += lease.bytes;
            Held held = callers.get(lease.caller);
            if (held != null) {
                held.bytes -= lease.bytes;
                held.bodies--;
                if (held.bodies == 0) {
                    callers.remove(lease.caller);
                }
            }
            lease.bytes = 0;
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** The memory of one body. */
    final class Lease implements AutoCloseable {
        private final String caller;
        private long bytes;
        private boolean closed;

        private Lease(String caller) {
            this.caller = caller;
        }

        /**
         * Reserves more.
         *
         * @param more bytes beyond those it has
         * @throws BodyRefusedException if there is no room for them in time
         */
        void grow(long more) {
            take(this, more, false);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                giveBack(this);
            }
        }
    }

    /** The memory of one caller. */
    private static final class Held {
        private long bytes;
        private int bodies;
    }

    /** A waiting request. */
    private static final class Waiter {
        private final Lease lease;
        private final long bytes;
        private final boolean begins;
        private final Condition condition;
        private boolean served;

        Waiter(Lease lease, long bytes, boolean begins, Condition condition) {
            this.lease = lease;
            this.bytes = bytes;
            this.begins = begins;
            this.condition = condition;
        }
    }
}
