package io.masterdeal.console.page;

import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;

/** What people see when something fails: what is wrong and what to do, in their language. Programs get problem documents instead. */
public final class ErrorPage {

    private static final Set<Integer> KNOWN = Set.of(400, 403, 404, 409, 503);

    private ErrorPage() {}

    /** Whether an answer is for a person who looks at whole pages, and not for a program. What htmx asks for is not. */
    public static boolean isForPerson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html") && request.getHeader("HX-Request") == null;
    }

    /**
     * A page.
     *
     * @param status of HTTP, 400 or more
     * @param detail what a program said of it, in English; empty if there is nothing to say
     */
    public static Html of(View view, int status, String detail) {
        String words = "error." + (KNOWN.contains(status) ? status : status >= 500 ? 500 : 400);
        HttpStatus known = HttpStatus.resolve(status);
        return Html.page(
                "error.jte",
                view,
                Map.of(
                        "status", status,
                        "title", view.text(words + ".title"),
                        "what", view.text(words + ".what"),
                        "todo", view.text(words + ".todo"),
                        "detail", detail),
                known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known);
    }

    /** The same for programs. */
    static ProblemDocument document(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return new ProblemDocument(
                status == 404 ? "not-found" : status >= 500 ? "fault" : "unreadable-request",
                status,
                known == null ? "The request failed" : known.getReasonPhrase(),
                status == 404
                        ? "There is nothing here."
                        : status >= 500
                                ? "The request could not be handled."
                                : "That cannot be asked in this way here.");
    }
}
