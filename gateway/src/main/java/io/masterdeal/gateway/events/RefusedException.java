package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.Violation;
import java.util.List;

/** A request or an event is refused. Carries what the caller is told. */
final class RefusedException extends RuntimeException {
    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(problem.type().code() + ": " + problem.detail());
        this.problem = problem;
    }

    RefusedException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    RefusedException(ProblemType type, String detail, List<Violation> errors) {
        this(new Problem(type, detail, errors));
    }

    Problem problem() {
        return problem;
    }
}
