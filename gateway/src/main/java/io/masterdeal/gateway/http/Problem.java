package io.masterdeal.gateway.http;

import io.masterdeal.contracts.event.Violation;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is wrong with a request or with one event of it, as the caller is told (RFC 9457).
 *
 * @param type kind of problem
 * @param detail what to do about it
 * @param errors each single fault and where it is; may be empty
 */
public record Problem(ProblemType type, String detail, List<Violation> errors) {
    /** More would hardly be read, and an answer has to stay small. */
    private static final int MAX_ERRORS = 100;

    /** A problem of the whole request. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of());
    }

    /**
     * The members of the problem document.
     *
     * @param prefix JSON pointer to the event within the request, to begin all pointers with
     */
    public ObjectNode toJson(String prefix) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type.uri());
        json.put("title", type.title());
        json.put("status", type.status());
        json.put("detail", detail);
        ArrayNode list = json.putArray("errors");
        for (Violation error : errors.subList(0, Math.min(errors.size(), MAX_ERRORS))) {
            list.addObject().put("pointer", prefix + error.pointer()).put("message", error.message());
        }
        return json;
    }
}
