package io.masterdeal.gateway.http;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import java.util.List;

/**
 * What is wrong with a request or with one event of it.
 *
 * @param type the kind of problem
 * @param detail what to do about it
 * @param errors each fault and where it is; may be empty
 */
public record GatewayProblem(ProblemType type, String detail, List<Violation> errors) {
    /** A problem of the whole request. */
    public static GatewayProblem of(ProblemType type, String detail) {
        return new GatewayProblem(type, detail, List.of());
    }

    /** What the caller is told. */
    public ProblemDocument document() {
        return new ProblemDocument(type.code(), type.status(), type.title(), detail, errors);
    }

    /** The answer to the request. */
    public JsonAnswer answer() {
        return JsonAnswer.of(document());
    }
}
