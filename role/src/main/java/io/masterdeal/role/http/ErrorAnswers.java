package io.masterdeal.role.http;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers requests that no endpoint has answered, with a problem document. */
@Hidden
@RestController
final class ErrorAnswers implements ErrorController {

    /**
     * Receives failed requests from the container.
     *
     * @throws IOException if the caller has closed the connection
     */
    @RequestMapping("${server.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        JsonAnswer.of(document(status instanceof Integer number ? number : 404)).writeTo(response);
    }

    static ProblemDocument document(int status) {
        return document(
                status,
                switch (status) {
                    case 400 -> "The request line, the address or a header is none of HTTP.";
                    case 404 -> "There is nothing here.";
                    default ->
                        status >= 500 ? "The request could not be handled." : "That cannot be asked in this way here.";
                });
    }

    static ProblemDocument document(int status, String detail) {
        HttpStatus known = HttpStatus.resolve(status);
        return new ProblemDocument(
                status >= 500 ? "fault" : "unreadable-request",
                status,
                known == null ? "The request failed" : known.getReasonPhrase(),
                detail);
    }
}
