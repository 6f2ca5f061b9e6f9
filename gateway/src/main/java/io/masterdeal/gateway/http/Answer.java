package io.masterdeal.gateway.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller is answered.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the body
 */
public record Answer(int status, String contentType, ObjectNode body) {
    private static final String PROBLEM_JSON = "application/problem+json";

    /** In seconds. */
    private static final String RETRY_AFTER = "5";

    /** A problem document. */
    public static Answer of(Problem problem) {
        return new Answer(problem.type().status(), PROBLEM_JSON, problem.toJson(""));
    }

    /**
     * Writes it.
     *
     * @throws IOException if the caller does not wait for it
     */
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        if (status == ProblemType.UNAVAILABLE.status()) {
            response.setHeader("Retry-After", RETRY_AFTER);
        } else if (status == ProblemType.UNAUTHENTICATED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"masterdeal\"");
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
