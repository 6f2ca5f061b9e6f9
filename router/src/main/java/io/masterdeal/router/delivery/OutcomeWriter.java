package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.DeliveryOutcome;
import io.masterdeal.router.ledger.FencedException;
import io.masterdeal.router.ledger.OutcomeTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes outcomes in the order in which they are submitted; all that were submitted during a transaction are noted by the next
 * one. While PostgreSQL is unavailable it keeps trying; the workers pause when too many outcomes are not noted.
 */
final class OutcomeWriter implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);

    private static final int MOST = 1_000;

    private static final long PAUSE_MS = 500;

    private final OutcomeTable table;

    private final IntConsumer overruled;

    private final LinkedBlockingQueue<Note> queue = new LinkedBlockingQueue<>();

    private final AtomicLong tickets = new AtomicLong();

    private volatile long noted;

    private volatile boolean closing;

    /**
     * @param overruled called with the subscription of an outcome that no longer counts, because an operator decided in the
     *     meantime
     */
    OutcomeWriter(OutcomeTable table, IntConsumer overruled) {
        this.table = table;
        this.overruled = overruled;
    }

    private record Note(long ticket, DeliveryOutcome outcome, Runnable whenNoted) {}

    /**
     * Submits an outcome.
     *
     * @param whenNoted run when it is durable
     * @return its number, for {@link #isNoted}
     */
    synchronized long submit(DeliveryOutcome outcome, Runnable whenNoted) {
        long ticket = tickets.incrementAndGet();
        queue.add(new Note(ticket, outcome, whenNoted));
        return ticket;
    }

    /** The number of the last outcome submitted so far. */
    long last() {
        return tickets.get();
    }

    /** Whether an outcome and all before it are durable. */
    boolean isNoted(long ticket) {
        return noted >= ticket;
    }

    /** Ends it once everything submitted is noted. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        List<Note> batch = new ArrayList<>();
        try {
            while (!closing || !queue.isEmpty()) {
                Note first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.clear();
                    batch.add(first);
                    queue.drainTo(batch, MOST - 1);
                    note(batch);
                }
            }
        } catch (FencedException e) {
            log.warn("{}: outcomes are not noted, and their events are sent again by the new leader", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // What is not noted is sent again by the next leader.
        }
    }

    private void note(List<Note> batch) throws InterruptedException {
        while (true) {
            try {
                Set<Integer> ignored =
                        table.note(batch.stream().map(Note::outcome).toList());
                noted = batch.getLast().ticket();
                batch.forEach(it -> it.whenNoted().run());
                ignored.forEach(overruled::accept);
                return;
            } catch (SQLException e) {
                log.warn("{} outcomes cannot be noted, trying again: {}", batch.size(), e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
    }
}
