package io.masterdeal.role.http;

/** The body of a request was not read to its end. Nothing was done with it. */
public final class BodyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Fault {
        /** The connection broke, or what arrived is not a valid HTTP body. */
        BROKEN(400, "unreadable-request", "The request cannot be read"),
        /** It took longer than a body may take. */
        SLOW(408, "too-slow", "The body came too slowly"),
        /** It is longer than allowed. */
        TOO_LARGE(413, "too-large", "The content is too large"),
        /** There is no memory left for it, or this caller has used up its part. */
        CROWDED(503, "unavailable", "There is too much to do at the moment");

        private final int status;
        private final String code;
        private final String title;

        Fault(int status, String code, String title) {
            this.status = status;
            this.code = code;
            this.title = title;
        }

        /** HTTP status. */
        public int status() {
            return status;
        }

        ProblemDocument problem(String detail) {
            return new ProblemDocument(code, status, title, detail);
        }
    }

    private final Fault fault;

    /**
     * @param fault why
     * @param detail what the caller is told, including what to do
     */
    public BodyRefusedException(Fault fault, String detail) {
        super(detail);
        this.fault = fault;
    }

    /** Why. */
    public Fault fault() {
        return fault;
    }

    /** What the caller is told. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
