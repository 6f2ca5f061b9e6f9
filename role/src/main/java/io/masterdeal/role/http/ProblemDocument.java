package io.masterdeal.role.http;

import io.masterdeal.contracts.event.Violation;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is wrong with a request, as its caller is told (RFC 9457). All roles answer in this form.
 *
 * @param code a short name of the kind of problem, such as {@code not-json}; its {@code type} ends with it
 * @param status HTTP status
 * @param title the kind of problem, for people
 * @param detail what is the matter with this request, and what to do
 * @param errors each single fault with the JSON pointer to it; may be empty
 */
public record ProblemDocument(String code, int status, String title, String detail, List<Violation> errors) {
    private static final String TYPE = "urn:masterdeal:problem:";

    /** More would hardly be read, and an answer has to stay small. */
    private static final int MAX_ERRORS = 100;

    /** The caller has no valid key. */
    static final String UNAUTHENTICATED = "unauthenticated";

    /** A problem of the whole request. */
    public ProblemDocument(String code, int status, String title, String detail) {
        this(code, status, title, detail, List.of());
    }

    /**
     * Nobody is known by the key that was sent, if one was.
     *
     * @param detail which key to send
     */
    public static ProblemDocument unauthenticated(String detail) {
        return new ProblemDocument(UNAUTHENTICATED, 401, "A valid API key is needed", detail);
    }

    /**
     * The caller is known, but may not do that.
     *
     * @param detail whose key is needed
     */
    public static ProblemDocument forbidden(String detail) {
        return new ProblemDocument("forbidden", 403, "This key may not do that", detail);
    }

    /** The {@code type} of problems with this code. */
    static URI type(String code) {
        return URI.create(TYPE + code);
    }

    /** The document. */
    public ObjectNode toJson() {
        return toJson("");
    }

    /**
     * The document of a part of a request.
     *
     * @param prefix JSON pointer to that part; all pointers begin with it
     */
    public ObjectNode toJson(String prefix) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", TYPE + code).put("title", title);
        json.put("status", status).put("detail", detail);
        ArrayNode list = json.putArray("errors");
        for (Violation error : errors.subList(0, Math.min(errors.size(), MAX_ERRORS))) {
            list.addObject().put("pointer", prefix + error.pointer()).put("message", error.message());
        }
        return json;
    }
}
