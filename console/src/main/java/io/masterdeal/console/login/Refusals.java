package io.masterdeal.console.login;

import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.console.page.Views;
import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Says no: to people with a page that says what to do, to programs with a problem (RFC 9457). */
final class Refusals {

    private final Views views;

    Refusals(Views views) {
        this.views = views;
    }

    /** Why a request is refused; its words are {@code login.refused.REASON.title} and {@code .detail}. */
    enum Reason {
        /** Nobody is logged in. */
        SESSION("session"),
        /** The person may not do that. */
        RIGHT("right"),
        /** The token of the form is missing or of another session. */
        TOKEN("token"),
        /** Another site has sent it. */
        FOREIGN("foreign"),
        /** Too many failed tries. */
        OFTEN("often"),
        /** Sessions cannot be read. */
        AWAY("away");

        private final String key;

        Reason(String key) {
            this.key = key;
        }
    }

    /**
     * Whether a request is a person's who looks at whole pages. What htmx asks for is not: a page would end up inside another one.
     */
    static boolean isForPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html") && request.getHeader("HX-Request") == null;
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, ProblemDocument problem)
            throws IOException {
        if (!isForPage(request)) {
            JsonAnswer.of(problem).writeTo(response);
            return;
        }
        View view = views.of(request);
        String words = "login.refused." + reason.key;
        Html.page(
                        "login/refused.jte",
                        view,
                        Map.of(
                                "title", view.text(words + ".title"),
                                "detail", view.text(words + ".detail"),
                                "loggedIn", view.person() != null),
                        HttpStatus.valueOf(problem.status()))
                .render(null, request, response);
    }
}
