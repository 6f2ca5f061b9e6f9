package io.masterdeal.facts.sla;

import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.KeptClocks;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the clocks of a deal.
 *
 * @param clocks each with its last cycle, as they were evaluated last
 * @param dueAt when they are to be evaluated again, which is not later than they change by themselves; null if they do not change
 * @param client of the deal; null if it has none
 * @param standing the warnings and breaches that hold, in order
 * @param present what newest facts go on from; null if the clocks have to be made from all facts
 * @param atCheckpoints what late facts go on from, by the instants of the deal's checkpoints
 */
public record KeptSla(
        List<ClockStatus> clocks,
        @Nullable Instant dueAt,
        @Nullable String client,
        List<Standing> standing,
        @Nullable KeptClocks present,
        SortedMap<Instant, KeptClocks> atCheckpoints) {

    /** Nothing. */
    public static final KeptSla NONE = new KeptSla(List.of(), null, null, List.of(), null, new TreeMap<>());

    /** The same with other warnings and breaches, and another instant to be evaluated at. */
    public KeptSla with(List<Standing> others, @Nullable Instant otherDueAt) {
        return new KeptSla(clocks, otherDueAt, client, others, present, atCheckpoints);
    }

    /** Whether there is nothing to keep. */
    public boolean isEmpty() {
        return clocks.isEmpty() && dueAt == null && standing.isEmpty() && present == null && atCheckpoints.isEmpty();
    }

    /** Copies the collections. */
    public KeptSla {
        clocks = List.copyOf(clocks);
        standing = List.copyOf(standing);
        atCheckpoints = Collections.unmodifiableSortedMap(new TreeMap<>(atCheckpoints));
    }
}
