package io.masterdeal.routes.events;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An item that did not become an event.
 *
 * @param route id of the route
 * @param file path of the file it came in; null if it did not come in a file
 * @param place where it is in the input, such as {@code line 4} or {@code item 2}; empty if it is the whole input
 * @param item the item as it was when it was rejected
 * @param event the event made of it; null if there is none
 * @param problem why it was rejected (RFC 9457)
 */
public record RejectedItem(
        String route,
        @Nullable String file,
        String place,
        JsonNode item,
        @Nullable JsonNode event,
        JsonNode problem) {}
