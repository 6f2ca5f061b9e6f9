package io.masterdeal.console.trace;

import io.masterdeal.console.messages.AttemptRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step on the way of an event.
 *
 * @param at when, UTC
 * @param kind occurred, taken_in (by the gateway), committed, published (by a role), read or attempt
 * @param event whose step it is
 * @param subscription of an attempt; empty for other steps
 * @param attempt null for other steps
 */
public record TraceStep(
        Instant at,
        String kind,
        TraceEvent event,
        String subscription,
        @Nullable AttemptRow attempt) {

    /** The steps of events in the order of time. */
    static List<TraceStep> of(List<TraceEvent> events) {
        List<TraceStep> steps = new ArrayList<>();
        for (TraceEvent event : events) {
            add(steps, event.occurredAt(), "occurred", event);
            add(steps, event.publishedAt(), event.isFromSystem() ? "taken_in" : "published", event);
            add(steps, event.committedAt(), "committed", event);
            add(steps, event.readAt(), "read", event);
            event.deliveries()
                    .forEach(delivery -> delivery.tries()
                            .forEach(attempt -> steps.add(
                                    new TraceStep(attempt.at(), "attempt", event, delivery.subscription(), attempt))));
        }
        steps.sort(Comparator.comparing(TraceStep::at));
        return steps;
    }

    private static void add(List<TraceStep> steps, @Nullable Instant at, String kind, TraceEvent event) {
        if (at != null) {
            steps.add(new TraceStep(at, kind, event, "", null));
        }
    }
}
