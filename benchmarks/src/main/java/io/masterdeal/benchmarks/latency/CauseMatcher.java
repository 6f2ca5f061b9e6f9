package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Schedule;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the posted events among the causes of canonical events. Several events of one deal may share a canonical event, and one
 * event may change several deals: it counts when it is named first. One thread records, any may read.
 */
final class CauseMatcher {

    private final PostedEvents posted;

    private final BitSet named = new BitSet();

    private volatile long lastNamed;

    private volatile @Nullable Phase phase;

    CauseMatcher(PostedEvents posted) {
        this.posted = posted;
    }

    /** From now on what is named counts for this phase, if it was due in it. */
    void count(Phase next) {
        phase = next;
    }

    /**
     * Records a canonical event.
     *
     * @param causes ids of the events it was caused by, posted ones or others
     * @param foldedMillis when it was made, and when it was sent to Kafka, in ms since 1970
     * @param nowNanos when it was read, by {@link System#nanoTime}
     */
    synchronized void note(List<UUID> causes, long foldedMillis, long sentMillis, long nowNanos) {
        for (UUID cause : causes) {
            Integer index = posted.index(cause);
            if (index != null && !named.get(index)) {
                named.set(index);
                record(index, foldedMillis, sentMillis, nowNanos);
                lastNamed = nowNanos;
            }
        }
    }

    private void record(int index, long foldedMillis, long sentMillis, long nowNanos) {
        Phase current = phase;
        if (current != null && current.posting().has(index)) {
            current.seen().record(nowNanos - current.posting().due(index));
            current.folded().record(current.posting().until(index, foldedMillis));
            current.relayed().record(current.posting().until(index, sentMillis));
        }
    }

    /** Of the events that were due in a phase, how many were not named so far, by domain. */
    synchronized SortedMap<String, Integer> unnamed(Schedule posting) {
        SortedMap<String, Integer> byDomain = new TreeMap<>();
        for (int index = posting.first(); index < posting.first() + posting.count(); index++) {
            if (!named.get(index)) {
                byDomain.merge(posted.post(index).domain(), 1, Integer::sum);
            }
        }
        return byDomain;
    }

    /** When the last posted event was named for the first time, by {@link System#nanoTime}. */
    long lastNamed() {
        return lastNamed;
    }
}
