package io.masterdeal.app.replay.mapping;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The events that an event of the log becomes if its activity and lifecycle match. */
record Rule(TextPattern activity, TextPattern lifecycle, List<Emission> emissions) {

    Rule {
        emissions = List.copyOf(emissions);
    }

    boolean matches(String activityOfEvent, String lifecycleOfEvent) {
        return activity.matches(activityOfEvent) && lifecycle.matches(lifecycleOfEvent);
    }

    /** A declared event type: the domain, the beginning of the object key ({@code domain:kind}), the status if it has one. */
    record EventType(
            String name,
            String domain,
            String object,
            @Nullable String status) {}

    /** One event to be emitted. Without a sequence its version is its time. */
    record Emission(
            EventType type,
            Template id,
            List<Template> links,
            @Nullable Template sequence,
            SequencedMap<String, Template> attributes) {

        Emission {
            links = List.copyOf(links);
        }
    }
}
