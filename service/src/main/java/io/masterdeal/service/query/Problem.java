package io.masterdeal.service.query;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer of {@code application/problem+json} (RFC 9457). */
final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    Problem(HttpStatus status, String title, String detail) {
        this(status, title, detail, null);
    }

    Problem(HttpStatus status, String title, String detail, @Nullable Throwable cause) {
        super(status, problem(status, title, detail), cause);
    }

    private static ProblemDetail problem(HttpStatus status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }
}
