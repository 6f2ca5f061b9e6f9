package io.masterdeal.role.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes problem documents (RFC 9457) where no controller is at work. */
final class ProblemAnswer {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:masterdeal:problem:";

    private ProblemAnswer() {}

    static ObjectNode document(int status, String code, String title, String detail) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", TYPE + code).put("title", title);
        return json.put("status", status).put("detail", detail);
    }

    static void write(HttpServletResponse response, ObjectNode document) throws IOException {
        int status = document.path("status").asInt();
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
