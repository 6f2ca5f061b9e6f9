package io.masterdeal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why something was refused or failed, as the platform says it (RFC 9457). Of an answer that is no problem document, the detail is its
 * beginning.
 *
 * @param status HTTP status of the answer, or of the event in the answer to a batch
 * @param type a URI for the kind of problem; empty if absent
 * @param title the kind of problem in words; empty if absent
 * @param detail what is wrong and what to do; empty if absent
 * @param errors each single fault; may be empty
 * @param json the whole document; an empty object if the answer was none
 */
public record ApiProblem(int status, String type, String title, String detail, List<Fault> errors, ObjectNode json) {

    private static final int LONGEST_DETAIL = 1000;

    /**
     * A single fault.
     *
     * @param pointer JSON pointer (RFC 6901) into what was sent, for an event of a batch into that event; empty for the whole
     * @param message what is wrong there
     */
    public record Fault(String pointer, String message) {}

    /**
     * Of an answer.
     *
     * @param status HTTP status
     * @param body as sent; what is no JSON object is taken as the detail
     */
    public static ApiProblem read(int status, String body) {
        try {
            if (JsonMapper.shared().readTree(body) instanceof ObjectNode json) {
                return of(status, json);
            }
        } catch (JacksonException e) {
            // An answer of something else, such as a proxy.
        }
        String detail = body.length() > LONGEST_DETAIL ? body.substring(0, LONGEST_DETAIL) + "..." : body;
        return new ApiProblem(status, "", "", detail.strip(), List.of(), JsonNodeFactory.instance.objectNode());
    }

    /** Found by the client itself. */
    static ApiProblem of(int status, String title, String detail) {
        return new ApiProblem(status, "", title, detail, List.of(), JsonNodeFactory.instance.objectNode());
    }

    /** Of an event in a batch, whose pointers begin with its place there. */
    static ApiProblem ofItem(int status, JsonNode problem, String place) {
        ObjectNode json =
                problem instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (JsonNode error : json.path("errors")) {
            String pointer = error.path("pointer").asString("");
            if (error instanceof ObjectNode told && (pointer.equals(place) || pointer.startsWith(place + "/"))) {
                told.put("pointer", pointer.substring(place.length()));
            }
        }
        return of(status, json);
    }

    private static ApiProblem of(int status, ObjectNode json) {
        List<Fault> errors = new ArrayList<>();
        for (JsonNode error : json.path("errors")) {
            errors.add(new Fault(
                    error.path("pointer").asString(""),
                    error.path("message").asString(error.path("detail").asString(error.toString()))));
        }
        return new ApiProblem(
                status, text(json, "type"), text(json, "title"), text(json, "detail"), List.copyOf(errors), json);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }

    /** All that is wrong in one line: the single faults with their pointers, else the detail, else the title or the status. */
    public String summary() {
        var faults = new StringJoiner("; ");
        errors.forEach(fault -> faults.add((fault.pointer() + " " + fault.message()).strip()));
        if (faults.length() > 0) {
            return faults.toString();
        }
        if (!detail.isEmpty()) {
            return detail;
        }
        return title.isEmpty() ? "status " + status : title;
    }
}
