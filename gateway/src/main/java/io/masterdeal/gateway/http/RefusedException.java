package io.masterdeal.gateway.http;

import io.masterdeal.contracts.event.Violation;
import java.util.List;

/** A request or an event is refused. Carries what the caller is told. */
public final class RefusedException extends RuntimeException {
    private final transient Problem problem;

    public RefusedException(Problem problem) {
        super(problem.type().code() + ": " + problem.detail());
        this.problem = problem;
    }

    public RefusedException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    public RefusedException(ProblemType type, String detail, List<Violation> errors) {
        this(new Problem(type, detail, errors));
    }

    public Problem problem() {
        return problem;
    }
}
