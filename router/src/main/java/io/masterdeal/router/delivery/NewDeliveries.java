package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What comes fresh, in order and without a gap: directly from the reader as long as there is room, else from the ledger until that
 * is read to its end. Thread-safe.
 */
final class NewDeliveries {

    private final Deque<Delivery> offered = new ArrayDeque<>();

    /** The last one that was taken or offered. */
    private long cursor = -1;

    /** At first nobody knows what is in the ledger. */
    private boolean behind = true;

    private boolean offeredWhileReading;

    /** Something was accepted up to {@code lastId}, of which {@code fresh} is for this subscription. */
    synchronized void offer(List<Delivery> fresh, long lastId, int most) {
        if (behind) {
            offeredWhileReading = true;
        } else if (offered.size() + fresh.size() > most) {
            behind = true; // The rest is read from the ledger when there is room again.
            offeredWhileReading = true;
        } else {
            // The ledger may have told of some of them already, when they were kept and not yet offered.
            for (Delivery each : fresh) {
                if (each.id() > cursor) {
                    offered.add(each);
                }
            }
            cursor = Math.max(cursor, lastId);
        }
    }

    /** Something may have been kept that was not offered. */
    synchronized void lookBehind() {
        behind = true;
        offeredWhileReading = true;
    }

    synchronized List<Delivery> take(int room) {
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < room && !offered.isEmpty()) {
            taken.add(offered.poll());
        }
        return taken;
    }

    /** Whether the ledger is to be read; what was offered comes first. */
    synchronized boolean isBehind() {
        return behind && offered.isEmpty();
    }

    synchronized long cursor() {
        return cursor;
    }

    /** The ledger is read now: what is offered from here on may be missing in what is found. */
    synchronized void beginReading() {
        offeredWhileReading = false;
    }

    /** The ledger was read: it is at its end if it gave less than was asked for, and nothing came meanwhile. */
    synchronized void endReading(List<Delivery> page, int asked) {
        if (!page.isEmpty()) {
            cursor = Math.max(cursor, page.getLast().id());
        }
        if (page.size() < asked && !offeredWhileReading) {
            behind = false;
        }
    }
}
