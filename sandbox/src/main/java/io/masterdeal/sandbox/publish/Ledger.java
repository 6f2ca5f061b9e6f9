package io.masterdeal.sandbox.publish;

import io.masterdeal.sandbox.system.Emission;
import io.masterdeal.sandbox.system.ResultPage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything the domains meant to tell, in the order in which they did, up to a number of events: the oldest are forgotten
 * first. Thread-safe.
 */
public final class Ledger {
    /** Over how many seconds the speed is measured. */
    private static final int SECONDS = 10;

    /** An event and what became of it; guarded by the ledger. */
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
     * Counts since the ledger was begun anew.
     *
     * @param emitted events the domains meant to tell
     * @param lost of them, never told
     * @param duplicated of them, told once more
     * @param reordered of them, told after later ones
     * @param delayed of them, told some seconds later
     * @param refused of them, refused by the gateway
     */
    public record Counts(long emitted, long lost, long duplicated, long reordered, long delayed, long refused) {}

    private final int capacity;
    private final TreeMap<Long, Line> lines = new TreeMap<>();
    private final ArrayDeque<Long> recentlySent = new ArrayDeque<>();
    private long lastNumber;
    private Counts counts = new Counts(0, 0, 0, 0, 0, 0);

    /**
     * Begins an empty ledger.
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
     * @param after number behind which the page begins; 0 for the first
     * @param limit the most events
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
     * What happened since the counts were begun anew.
     *
     * @return the counts
     */
    public synchronized Counts counts() {
        return counts;
    }

    /** Counts from zero again; the events stay. */
    public synchronized void resetCounts() {
        counts = new Counts(0, 0, 0, 0, 0, 0);
    }

    /**
     * How many events a second the gateway took, over the last ten seconds.
     *
     * @param now in ms since 1970
     * @return events a second
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
