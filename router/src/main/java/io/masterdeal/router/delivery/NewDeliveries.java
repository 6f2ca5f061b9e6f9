package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The new deliveries of a subscription, in order and without gaps: directly from the reader while there is room, otherwise from
 * the ledger until that is read to its end. Thread-safe.
 */
final class NewDeliveries {

    private final Deque<Delivery> offered = new ArrayDeque<>();

    /** The id of the last one that was taken or offered. */
    private long cursor = -1;

    /** At first the content of the ledger is unknown. */
    private boolean behind = true;

    private boolean offeredWhileReading;

    /** Messages up to {@code lastId} were accepted, of which {@code fresh} are for this subscription. */
    synchronized void offer(List<Delivery> fresh, long lastId, int most) {
        if (behind) {
            offeredWhileReading = true;
        } else if (offered.size() + fresh.size() > most) {
            behind = true; // The rest is read from the ledger when there is room again.
            offeredWhileReading = true;
        } else {
            // Some of them may have been read from the ledger already, after they were stored and before they were
            // offered.
            for (Delivery each : fresh) {
                if (each.id() > cursor) {
                    offered.add(each);
                }
            }
            cursor = Math.max(cursor, lastId);
        }
    }

    /** Something may have been stored that was not offered. */
    synchronized void catchUp() {
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

    /** Whether the ledger must be read now; what was offered is taken first. */
    synchronized boolean isBehind() {
        return behind && offered.isEmpty();
    }

    synchronized long cursor() {
        return cursor;
    }

    /** The ledger is being read: what is offered from now on may be missing in the result. */
    synchronized void beginReading() {
        offeredWhileReading = false;
    }

    /** The ledger was read: to its end if it returned less than was asked for and nothing was offered meanwhile. */
    synchronized void endReading(List<Delivery> page, int asked) {
        if (!page.isEmpty()) {
            cursor = Math.max(cursor, page.getLast().id());
        }
        if (page.size() < asked && !offeredWhileReading) {
            behind = false;
        }
    }
}
