package io.masterdeal.gateway.http;

import io.masterdeal.contracts.event.Violation;
import java.util.List;

/** A request or an event is refused, with the problem that the caller is told. */
public final class RefusedRequestException extends RuntimeException {
    private final transient GatewayProblem problem;

    public RefusedRequestException(GatewayProblem problem) {
        super(problem.type().code() + ": " + problem.detail());
        this.problem = problem;
    }

    public RefusedRequestException(ProblemType type, String detail) {
        this(GatewayProblem.of(type, detail));
    }

    public RefusedRequestException(ProblemType type, String detail, List<Violation> errors) {
        this(new GatewayProblem(type, detail, errors));
    }

    public GatewayProblem problem() {
        return problem;
    }
}
