package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.Event;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event as it was sent, before anything about it is checked.
 *
 * @param id its id as stated; null if absent
 * @param type its type as stated; null if absent
 * @param subject its subject as stated; null if absent
 * @param reader checks it and returns the event, or throws {@link io.masterdeal.contracts.event.InvalidEventException}
 */
record Draft(
        @Nullable String id,
        @Nullable String type,
        @Nullable String subject,
        Supplier<Event> reader) {
    static Draft of(JsonNode structured, Supplier<Event> reader) {
        return new Draft(text(structured, "id"), text(structured, "type"), text(structured, "subject"), reader);
    }

    static Draft of(Map<String, String> attributes, Supplier<Event> reader) {
        return new Draft(attributes.get("id"), attributes.get("type"), attributes.get("subject"), reader);
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
