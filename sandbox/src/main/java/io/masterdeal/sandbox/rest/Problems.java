package io.masterdeal.sandbox.rest;

import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.sandbox.system.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a {@link Refusal} as a problem document. */
@RestControllerAdvice
final class Problems {
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    void refused(Refusal refusal, HttpServletResponse response) throws IOException {
        write(refusal, response);
    }

    static void write(Refusal refusal, HttpServletResponse response) throws IOException {
        if (refusal.problem().status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        JsonAnswer.of(refusal.problem()).writeTo(response);
    }
}
