package io.masterdeal.model.deal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A change of stage. The deal is in the stage from this instant until the next step.
 *
 * @param stage the stage
 * @param effectiveAt the time of the facts that caused it, UTC, not the time of their arrival
 * @param direction to a later or to an earlier stage
 * @param evidence ids of the facts that decide it, sorted: those that make the condition of the stage hold, and for a step
 *     backward also those that keep the condition of the previous stage from holding
 */
public record TimelineStep(String stage, Instant effectiveAt, Direction direction, List<UUID> evidence) {

    /** Copies the list. */
    public TimelineStep {
        evidence = List.copyOf(evidence);
    }
}
