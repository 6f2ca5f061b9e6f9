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

/** Reads the bodies of requests, whose size has been checked before. */
public final class JsonBodies {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBodies() {}

    /**
     * Reads a JSON object.
     *
     * @param request the request
     * @return the object; an empty one if there is no body
     * @throws Refusal if the body is not a JSON object
     */
    public static JsonNode read(HttpServletRequest request) {
        byte[] body = bytes(request);
        return body.length == 0 ? JSON.createObjectNode() : object(body);
    }

    /**
     * Reads a body unmodified.
     *
     * @param request the request
     * @return the body, empty if there is none
     * @throws Refusal if it is incomplete
     */
    public static byte[] bytes(HttpServletRequest request) {
        try {
            return request.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw Refusal.unreadable("The body could not be read to its end; nothing was done.");
        }
    }

    /**
     * Reads a body as a JSON object.
     *
     * @param body UTF-8
     * @return the object
     * @throws Refusal if it is not a JSON object
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
