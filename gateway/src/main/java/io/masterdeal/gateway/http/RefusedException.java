package io.masterdeal.gateway.http;

import io.masterdeal.contracts.event.Violation;
import java.util.List;

/** A request or an event is refused, with the problem that the caller is told. */
public final class RefusedException extends RuntimeException {
    private final transient GatewayProblem problem;

    public RefusedException(GatewayProblem problem) {
        super(problem.type().code() + ": " + problem.detail());
        this.problem = problem;
    }

    public RefusedException(ProblemType type, String detail) {
        this(GatewayProblem.of(type, detail));
    }

    public RefusedException(ProblemType type, String detail, List<Violation> errors) {
        this(new GatewayProblem(type, detail, errors));
    }

    public GatewayProblem problem() {
        return problem;
    }
}
