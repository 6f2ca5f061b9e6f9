package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.event.Violation;
import java.util.List;

/** A system does not do what it was asked for: a problem document (RFC 9457). */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final transient List<Violation> errors;

    private Refusal(int status, String code, String title, String detail, List<Violation> errors) {
        super(detail);
        this.status = status;
        this.code = code;
        this.title = title;
        this.errors = List.copyOf(errors);
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
     * Nobody may come in without a key, nor with a key of somebody else.
     *
     * @param known whether the key was that of somebody
     * @param detail whose key is needed
     * @return 403 if known, else 401
     */
    public static Refusal noAccess(boolean known, String detail) {
        return known
                ? new Refusal(403, "forbidden", "This key may not do that", detail, List.of())
                : new Refusal(401, "unauthenticated", "A valid API key is needed", detail, List.of());
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
        return status;
    }

    /**
     * The kind of problem.
     *
     * @return a URI
     */
    public String type() {
        return "urn:masterdeal:problem:" + code;
    }

    /**
     * The kind of problem for people.
     *
     * @return a short sentence
     */
    public String title() {
        return title;
    }

    /**
     * Each fault and where it is.
     *
     * @return may be empty
     */
    public List<Violation> errors() {
        return errors;
    }
}
