package io.masterdeal.console.trace;

import java.time.Instant;
import java.util.List;

/**
 * What is known of the way of some events.
 *
 * @param events in the order in which they became known
 * @param commands that followed from them
 * @param leftOut keys of words that say what was left out
 * @param problems what roles said that did not answer as asked
 */
public record Trace(List<TraceEvent> events, List<Command> commands, List<String> leftOut, List<String> problems) {

    /**
     * A command to another system.
     *
     * @param id of the command
     * @param reaction what it does
     * @param state pending, done, suppressed or failed
     * @param eventId of the event it follows from
     * @param attempts how often it was sent
     * @param createdAt UTC
     * @param updatedAt UTC
     */
    public record Command(
            String id,
            String reaction,
            String state,
            String eventId,
            int attempts,
            Instant createdAt,
            Instant updatedAt) {}

    /** All steps in the order of time. */
    public List<TraceStep> steps() {
        return TraceStep.of(events);
    }
}
