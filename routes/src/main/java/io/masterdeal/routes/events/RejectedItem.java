package io.masterdeal.routes.events;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An item that did not become an event.
 *
 * @param route id of the route
 * @param file path of the file it came in; null if it came in none
 * @param place where it stands in what was read, such as {@code line 4} or {@code item 2}; empty if it is all that was read
 * @param item it, as it was when it was refused
 * @param event what was made of it; null if it did not come to that
 * @param problem why it was refused (RFC 9457)
 */
public record RejectedItem(
        String route,
        @Nullable String file,
        String place,
        JsonNode item,
        @Nullable JsonNode event,
        JsonNode problem) {}
