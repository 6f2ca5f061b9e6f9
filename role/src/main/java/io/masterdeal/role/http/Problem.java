package io.masterdeal.role.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Ends a request with a {@linkplain ProblemDocument problem document}; for controllers. */
public final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** A problem with a title and a detail that says what to do. */
    public Problem(HttpStatus status, String title, String detail) {
        this(status, title, detail, null);
    }

    /** The same, with what caused it, which is not told to the caller. */
    public Problem(HttpStatus status, String title, String detail, @Nullable Throwable cause) {
        super(status, detail(status, title, detail), cause);
    }

    /**
     * The document as Spring writes it. Its {@code type} follows from the status.
     *
     * @param title the kind of problem, for people
     * @param detail what is the matter with this request, and what to do
     */
    public static ProblemDetail detail(HttpStatus status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(ProblemDocument.type(code(status)));
        problem.setTitle(title);
        problem.setProperty("errors", List.of());
        return problem;
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> ProblemDocument.UNAUTHENTICATED;
            case FORBIDDEN -> "forbidden";
            case NOT_FOUND -> "not-found";
            case CONFLICT, PRECONDITION_FAILED -> "conflict";
            case UNPROCESSABLE_CONTENT -> "invalid-content";
            case SERVICE_UNAVAILABLE -> "unavailable";
            case GATEWAY_TIMEOUT -> "too-slow";
            default -> status.is5xxServerError() ? "fault" : "unreadable-request";
        };
    }
}
