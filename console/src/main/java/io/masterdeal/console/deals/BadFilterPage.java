package io.masterdeal.console.deals;

import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Views;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Says which parameter of an address is wrong and what it may be: to people on a page, to programs as a problem document. */
@ControllerAdvice
final class BadFilterPage {

    private final Views views;

    BadFilterPage(Views views) {
        this.views = views;
    }

    @ExceptionHandler
    void badFilter(BadFilterException bad, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            Html.page("deals/bad.jte", views.of(request), Map.of("bad", bad), HttpStatus.BAD_REQUEST)
                    .render(Map.of(), request, response);
            return;
        }
        JsonAnswer.of(new ProblemDocument(
                        "invalid-parameter",
                        HttpStatus.BAD_REQUEST.value(),
                        "A parameter has a value that it cannot have",
                        bad.getMessage() == null ? "" : bad.getMessage(),
                        List.of(new Violation("/" + bad.parameter(), "allowed is " + bad.allowed()))))
                .writeTo(response);
    }
}
