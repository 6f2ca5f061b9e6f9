package io.masterdeal.role.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that is written without a message converter: by filters, and where each header counts.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the body
 */
public record JsonAnswer(int status, String contentType, ObjectNode body) {
    static final String PROBLEM = "application/problem+json";

    private static final String RETRY_AFTER = "Retry-After";
    private static final String RETRY_AFTER_SECONDS = "5";

    /** An answer that tells of a problem. */
    public static JsonAnswer of(ProblemDocument problem) {
        return new JsonAnswer(problem.status(), PROBLEM, problem.toJson());
    }

    /**
     * Writes it, with the headers that belong to its status: when to try again, and which key is needed.
     *
     * @param response one that has {@code Retry-After} already keeps it
     * @throws IOException if the caller does not wait for it
     */
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE && !response.containsHeader(RETRY_AFTER)) {
            response.setHeader(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (body.path("type")
                .asString("")
                .equals(ProblemDocument.type(ProblemDocument.UNAUTHENTICATED).toString())) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"masterdeal\"");
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
