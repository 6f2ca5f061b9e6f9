package io.masterdeal.sandbox.rest;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.sandbox.system.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers a {@link Refusal} as a problem document (RFC 9457). */
@RestControllerAdvice
final class Problems {
    private static final int MAX_ERRORS = 100;

    @ExceptionHandler
    void refused(Refusal refusal, HttpServletResponse response) throws IOException {
        write(refusal, response);
    }

    static void write(Refusal refusal, HttpServletResponse response) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", refusal.type()).put("title", refusal.title());
        json.put("status", refusal.status()).put("detail", refusal.getMessage());
        ArrayNode errors = json.putArray("errors");
        for (Violation error : refusal.errors().stream().limit(MAX_ERRORS).toList()) {
            errors.addObject().put("pointer", error.pointer()).put("message", error.message());
        }
        response.setStatus(refusal.status());
        response.setContentType("application/problem+json");
        if (refusal.status() == 401 && !refusal.type().endsWith(":unsigned")) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"masterdeal\"");
        } else if (refusal.status() == 503) {
            response.setHeader("Retry-After", "1");
        }
        response.getOutputStream().write(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
