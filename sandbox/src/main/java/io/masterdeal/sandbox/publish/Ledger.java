package io.masterdeal.sandbox.publish;

import io.masterdeal.sandbox.system.Emission;
import io.masterdeal.sandbox.system.ResultPage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All events that the domains emitted, in order, up to a number of events; the oldest are dropped first. Thread-safe.
 */
public final class Ledger {
    /** The period over which the rate is measured, in seconds. */
    private static final int SECONDS = 10;

    /** An event and its state; guarded by the ledger. */
    static final class Line {
        private final long number;
        private final Emission emission;
        private @Nullable Long sentAt;
        private boolean lost;
        private int copies;
        private @Nullable String refused;

        private Line(long number, Emission emission) {
            this.number = number;
            this.emission = emission;
        }

        Emission emission() {
            return emission;
        }

        private LedgerEntry view() {
            return new LedgerEntry(number, emission.json(), emission.correlationId(), sentAt, lost, copies, refused);
        }
    }

    /**
     * Counts since the last reset.
     *
     * @param emitted events that the domains emitted
     * @param lost of them, never sent
     * @param duplicated of them, sent twice
     * @param reordered of them, sent after later ones
     * @param delayed of them, sent some seconds later
     * @param refused of them, refused by the gateway
     */
    public record Counts(long emitted, long lost, long duplicated, long reordered, long delayed, long refused) {}

    private final int capacity;
    private final TreeMap<Long, Line> lines = new TreeMap<>();
    private final ArrayDeque<Long> recentlySent = new ArrayDeque<>();
    private long lastNumber;
    private Counts counts = new Counts(0, 0, 0, 0, 0, 0);

    /**
     * Creates an empty ledger.
     *
     * @param capacity how many events it keeps
     */
    public Ledger(int capacity) {
        this.capacity = capacity;
    }

    synchronized Line add(Emission emission) {
        var line = new Line(++lastNumber, emission);
        lines.put(line.number, line);
        count(1, 0, 0, 0, 0, 0);
        if (lines.size() > capacity) {
            lines.pollFirstEntry();
        }
        return line;
    }

    synchronized void lost(Line line) {
        line.lost = true;
        count(0, 1, 0, 0, 0, 0);
    }

    synchronized void misplaced(boolean duplicated, boolean reordered, boolean delayed) {
        count(0, 0, duplicated ? 1 : 0, reordered ? 1 : 0, delayed ? 1 : 0, 0);
    }

    synchronized void taken(Line line, long at) {
        line.copies++;
        if (line.sentAt == null) {
            line.sentAt = at;
        }
        recentlySent.addLast(at);
        while (recentlySent.size() > capacity || recentlySent.getFirst() < at - SECONDS * 1000L) {
            recentlySent.removeFirst();
        }
    }

    synchronized void refused(Line line, String why) {
        if (line.refused == null) {
            line.refused = why;
            count(0, 0, 0, 0, 0, 1);
        }
    }

    /**
     * Lists events in the order of their emission.
     *
     * @param after number after which the page starts; 0 for the first page
     * @param limit maximum number of events
     * @return the page
     */
    public synchronized ResultPage<LedgerEntry> list(long after, int limit) {
        List<LedgerEntry> found = lines.tailMap(after, false).values().stream()
                .limit(limit + 1L)
                .map(Line::view)
                .toList();
        return ResultPage.of(found, limit, LedgerEntry::number);
    }

    /**
     * The counts since the last reset.
     *
     * @return the counts
     */
    public synchronized Counts counts() {
        return counts;
    }

    /** Resets the counts; the events stay. */
    public synchronized void resetCounts() {
        counts = new Counts(0, 0, 0, 0, 0, 0);
    }

    /**
     * How many events per second the gateway accepted over the last ten seconds.
     *
     * @param now the current time in ms since 1970
     * @return events per second
     */
    public synchronized double perSecond(long now) {
        long recent =
                recentlySent.stream().filter(at -> at >= now - SECONDS * 1000L).count();
        return (double) recent / SECONDS;
    }

    private void count(long emitted, long lost, long duplicated, long reordered, long delayed, long refused) {
        counts = new Counts(
                counts.emitted() + emitted,
                counts.lost() + lost,
                counts.duplicated() + duplicated,
                counts.reordered() + reordered,
                counts.delayed() + delayed,
                counts.refused() + refused);
    }
}
