package io.masterdeal.facts.sla;

import io.masterdeal.model.Utf8Order;
import java.time.Instant;
import java.util.Comparator;

/**
 * Names a warning or breach of a deal.
 *
 * @param policy the name of the policy
 * @param object the key of the clock's object; empty for a clock of the deal
 * @param startedAt when the cycle began: of one clock, no two begin at one instant
 * @param kind which of the two
 * @param percent of the target; 100 of a breach
 */
public record Mark(String policy, String object, Instant startedAt, Kind kind, int percent)
        implements Comparable<Mark> {

    private static final Comparator<Mark> ORDER = Comparator.comparing(Mark::policy, Utf8Order.INSTANCE)
            .thenComparing(Mark::object, Utf8Order.INSTANCE)
            .thenComparing(Mark::startedAt)
            .thenComparing(Mark::percent)
            .thenComparing(Mark::kind);

    /** What was passed. */
    public enum Kind {
        /** A warning. */
        WARNED("warned"),
        /** The target. */
        BREACHED("breached");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As tables and events have it. */
        public String text() {
            return text;
        }

        static Kind of(String text) {
            return text.equals(WARNED.text) ? WARNED : BREACHED;
        }
    }

    /** Whether it is the same warning or breach of another cycle of the same clock. */
    boolean isOfSameClock(Mark other) {
        return kind == other.kind
                && percent == other.percent
                && policy.equals(other.policy)
                && object.equals(other.object);
    }

    /** By policy, object and start, which is the order in which they are told. */
    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }
}
