package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.RootAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a deal's clocks so that they can go on without the earlier facts. It fits only the policies with which it was made.
 * It is a cache that the facts can rebuild. Instants are milliseconds since 1970-01-01T00:00Z.
 *
 * @param clocks those that have a cycle, or whose start or stop held, in the order of reports
 * @param attributes the root's attributes that were asked for, sorted by name
 * @param anyInstant whether any fact was folded
 */
public record KeptClocks(List<Kept> clocks, List<RootAttributes.Attribute> attributes, boolean anyInstant) {

    /** In place of an instant: an end that has not come. */
    public static final long OPEN = Long.MIN_VALUE;

    /** Of a deal without facts. */
    public static final KeptClocks NONE = new KeptClocks(List.of(), List.of(), false);

    /** Copies the lists. */
    public KeptClocks {
        clocks = List.copyOf(clocks);
        attributes = List.copyOf(attributes);
    }

    /**
     * One clock.
     *
     * @param policy the name of its policy
     * @param object whose clock it is; null for the deal's own
     * @param startHeld whether its start held at the last instant
     * @param stopHeld whether its stop held at the last instant
     * @param ended how many cycles there were before the last one
     * @param last its last cycle; null if it has none
     */
    public record Kept(
            String policy,
            @Nullable ObjectKey object,
            boolean startHeld,
            boolean stopHeld,
            int ended,
            @Nullable Cycle last) {}

    /**
     * One cycle.
     *
     * @param startedAt when it began
     * @param segment the place of its segment in the policy, from 0; the number of segments if none fits
     * @param off the spans that do not count, in order of time; the last one ends with {@link #OPEN} while it is paused
     * @param stoppedAt when it was done; {@link #OPEN} if it was not
     * @param cancelledAt when it was cancelled; {@link #OPEN} if it was not
     * @param endedPaused whether it was paused when it ended
     */
    public record Cycle(
            long startedAt, int segment, List<Span> off, long stoppedAt, long cancelledAt, boolean endedPaused) {

        /** Copies the list. */
        public Cycle {
            off = List.copyOf(off);
        }
    }

    /** A span of time, {@code [from, to)}; {@link #OPEN} for an end that has not come. */
    public record Span(long from, long to) {}
}
