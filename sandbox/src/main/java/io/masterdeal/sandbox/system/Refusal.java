package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.role.http.ProblemDocument;
import java.util.List;

/** A system does not do what it was asked for: a problem document (RFC 9457). */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDocument problem;

    private Refusal(ProblemDocument problem) {
        super(problem.detail());
        this.problem = problem;
    }

    private Refusal(int status, String code, String title, String detail, List<Violation> errors) {
        this(new ProblemDocument(code, status, title, detail, List.copyOf(errors)));
    }

    /**
     * There is no such thing.
     *
     * @param detail what is missing
     * @return 404
     */
    public static Refusal notFound(String detail) {
        return new Refusal(404, "not-found", "There is no such thing", detail, List.of());
    }

    /**
     * It cannot be done as things are.
     *
     * @param detail why, and what could be done
     * @return 409
     */
    public static Refusal conflict(String detail) {
        return new Refusal(409, "conflict", "It cannot be done as things are", detail, List.of());
    }

    /**
     * What was sent is not what is needed.
     *
     * @param errors each fault and where it is
     * @return 422
     */
    public static Refusal invalid(List<Violation> errors) {
        return new Refusal(
                422, "invalid-content", "The content is not what is needed", "Correct what errors name.", errors);
    }

    /**
     * The request cannot be read.
     *
     * @param detail why
     * @return 400
     */
    public static Refusal unreadable(String detail) {
        return new Refusal(400, "unreadable-request", "The request cannot be read", detail, List.of());
    }

    /**
     * Nobody is believed who does not sign.
     *
     * @param detail what is wrong with the signature
     * @return 401
     */
    public static Refusal unsigned(String detail) {
        return new Refusal(401, "unsigned", "A valid signature is needed", detail, List.of());
    }

    /**
     * The system cannot answer now.
     *
     * @param detail why
     * @return 503
     */
    public static Refusal unavailable(String detail) {
        return new Refusal(503, "unavailable", "The system does not answer at the moment", detail, List.of());
    }

    /**
     * HTTP status.
     *
     * @return such as 404
     */
    public int status() {
        return problem.status();
    }

    /**
     * Each fault and where it is.
     *
     * @return may be empty
     */
    public List<Violation> errors() {
        return problem.errors();
    }

    /**
     * What the caller is told.
     *
     * @return the document
     */
    public ProblemDocument problem() {
        return problem;
    }
}
