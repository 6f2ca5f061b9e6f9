package io.masterdeal.model.deal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * From that instant on the deal is in that stage, until the next step.
 *
 * @param stage the stage
 * @param effectiveAt the time of the facts that brought it, UTC: not when we learned of them
 * @param direction forward or backward
 * @param evidence ids of the facts that decide it, sorted: those for which the stage's condition holds, and on the way
 *     back also those for which the condition of the stage before does not hold any more
 */
public record TimelineStep(String stage, Instant effectiveAt, Direction direction, List<UUID> evidence) {

    /** Copies the list. */
    public TimelineStep {
        evidence = List.copyOf(evidence);
    }
}
