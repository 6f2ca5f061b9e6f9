package io.masterdeal.facts.sla;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a revision of a deal says about its clocks.
 *
 * @param type what is said
 * @param about the warning or breach; null if the deal is closed and was not too late
 * @param isFinal whether this ends the deal
 */
public record SlaStatement(Type type, @Nullable About about, boolean isFinal) {

    /** What is said. */
    public enum Type {
        /** A warning passed. */
        WARNED,
        /** A target was spent. */
        BREACHED,
        /** A warning or breach that was told does not hold. */
        RETRACTED,
        /** The deal is closed, in time. */
        CLOSED
    }

    /**
     * A warning or breach.
     *
     * @param mark its name
     * @param at when it passed, UTC
     * @param dueAt when the cycle is or was due, UTC; null if that is not known
     * @param target working time in ms; 0 if that is not known, since neither the cycle nor its policy is there any more
     * @param domain whose clock it is, or was
     * @param title what the policy measures; null if it does not say
     */
    public record About(
            Mark mark,
            Instant at,
            @Nullable Instant dueAt,
            long target,
            String domain,
            @Nullable String title) {}
}
