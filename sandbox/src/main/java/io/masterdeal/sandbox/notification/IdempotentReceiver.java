package io.masterdeal.sandbox.notification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes each event to a handler once. It keeps the ids of up to {@value #KEPT} handled events; the oldest are dropped first.
 * Thread-safe; handles one event at a time.
 */
final class IdempotentReceiver {

    private static final int KEPT = 20_000;

    private final NotificationHandler handler;

    private final ReentrantLock lock = new ReentrantLock();

    private final Set<String> taken = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    });

    private final LongAdder kept = new LongAdder();

    private final LongAdder stale = new LongAdder();

    private final LongAdder repeated = new LongAdder();

    private final LongAdder unsigned = new LongAdder();

    private final LongAdder away = new LongAdder();

    IdempotentReceiver(NotificationHandler handler) {
        this.handler = handler;
    }

    /**
     * Counts of deliveries.
     *
     * @param kept new events
     * @param stale events that arrived after newer ones and changed nothing
     * @param repeated deliveries of an event that was handled before
     * @param unsigned deliveries without a valid signature
     * @param away deliveries during an outage
     */
    record Counts(long kept, long stale, long repeated, long unsigned, long away) {}

    Counts counts() {
        return new Counts(kept.sum(), stale.sum(), repeated.sum(), unsigned.sum(), away.sum());
    }

    void noteUnsigned() {
        unsigned.increment();
    }

    void noteAway() {
        away.increment();
    }

    /** Handles an event unless it was handled before. After an exception it can be delivered again. */
    void take(Notification notification) {
        lock.lock();
        try {
            if (taken.contains(notification.id())) {
                repeated.increment();
                return;
            }
            NotificationHandler.Effect effect = handler.take(notification);
            taken.add(notification.id());
            (effect == NotificationHandler.Effect.KEPT ? kept : stale).increment();
        } finally {
            lock.unlock();
        }
    }
}
