package io.masterdeal.sandbox.rest;

import io.masterdeal.sandbox.system.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of requests, as far as they may go. */
public final class RequestBodies {
    /** The longest body, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The longest event, in bytes: a canonical event tells the whole deal. */
    public static final int MAX_EVENT_BYTES = 8 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestBodies() {}

    /**
     * Reads a JSON object.
     *
     * @param request of the caller
     * @return the object; an empty one if there is no body
     * @throws Refusal if the body is too long or no JSON object
     */
    public static JsonNode read(HttpServletRequest request) {
        byte[] body = bytes(request, MAX_BYTES);
        return body.length == 0 ? JSON.createObjectNode() : object(body);
    }

    /**
     * Reads a body as it is.
     *
     * @param request of the caller
     * @param most how many bytes it may have
     * @return the body, empty if there is none
     * @throws Refusal if it is longer, or ends too soon
     */
    public static byte[] bytes(HttpServletRequest request, int most) {
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(most + 1);
        } catch (IOException e) {
            throw Refusal.unreadable("The body could not be read to its end; nothing was done.");
        }
        if (body.length > most) {
            throw Refusal.tooLarge("A body has at most " + most + " bytes.");
        }
        return body;
    }

    /**
     * Reads a body as a JSON object.
     *
     * @param body UTF-8
     * @return the object
     * @throws Refusal if it is none
     */
    public static JsonNode object(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw Refusal.unreadable("The body is no JSON: " + e.getOriginalMessage());
        }
        throw Refusal.unreadable("The body must be a JSON object.");
    }
}
