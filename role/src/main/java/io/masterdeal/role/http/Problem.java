package io.masterdeal.role.http;

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
        super(status, problem(status, title, detail), cause);
    }

    private static ProblemDetail problem(HttpStatus status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }
}
