package io.masterdeal.routes.events;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Problems that are found in a route, not by the gateway (RFC 9457). */
final class RouteProblems {

    private static final int LONGEST = 200;

    private RouteProblems() {}

    static ObjectNode of(String title, String detail) {
        return JsonNodeFactory.instance.objectNode().put("title", title).put("detail", detail);
    }

    /**
     * Adds to each error of a problem the value to which its JSON pointer leads.
     *
     * @param event the event made; null if there is none
     */
    static JsonNode withValues(JsonNode problem, @Nullable JsonNode event) {
        if (event == null || problem.path("errors").isEmpty()) {
            return problem;
        }
        JsonNode shown = problem.deepCopy();
        for (JsonNode error : shown.path("errors")) {
            String pointer = error.path("pointer").asString("");
            JsonNode value = pointer.startsWith("/") ? event.at(pointer) : event.path("");
            if (error instanceof ObjectNode told && value.isValueNode() && !value.isNull()) {
                told.put("value", beginning(value.asString()));
            }
        }
        return shown;
    }

    private static String beginning(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
