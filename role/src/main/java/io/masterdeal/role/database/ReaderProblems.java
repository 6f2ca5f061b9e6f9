package io.masterdeal.role.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns database failures of queries into problem documents (RFC 9457): what happened, and what to do. */
@RestControllerAdvice
public final class ReaderProblems {

    /** SQL state of a cancelled statement, here by {@code statement_timeout}. */
    private static final String CANCELED = "57014";

    private static final String RETRY_SECONDS = "2";

    /** Translates a failure of PostgreSQL or of the pool. */
    @ExceptionHandler
    public ResponseEntity<ProblemDetail> unanswered(DataAccessException e) {
        SQLException cause = cause(e);
        if (cause != null && CANCELED.equals(cause.getSQLState())) {
            return problem(
                    HttpStatus.GATEWAY_TIMEOUT,
                    "it takes too long",
                    "PostgreSQL did not answer within the time a question has (masterdeal.readers.answer), so it was"
                            + " stopped. Ask for less: a smaller limit, a narrower filter. If it always takes so long, its"
                            + " tables may want ANALYZE, or its server more memory.");
        }
        if (cause instanceof SQLTransientConnectionException) {
            return problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "no connection is free",
                    "All connections for questions (masterdeal.readers.connections) are in use, or PostgreSQL does not take"
                            + " new ones. Ask again in a while, and fewer questions at once.");
        }
        if (!isAway(cause)) {
            throw e; // Our own fault: 500, and it is logged.
        }
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "PostgreSQL does not answer",
                "The question could not be put to PostgreSQL. Ask again in a while; the service's readiness (db) and its log"
                        + " tell more.");
    }

    /** The connection broke (class 08), PostgreSQL stops or starts (57), or has no memory or disk (53). */
    private static boolean isAway(@Nullable SQLException cause) {
        String state = cause == null ? null : cause.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57") || state.startsWith("53"));
    }

    private static @Nullable SQLException cause(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return ResponseEntity.status(status)
                .header("Retry-After", RETRY_SECONDS)
                .body(problem);
    }
}
