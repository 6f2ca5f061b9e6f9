package io.masterdeal.router.subscription;

import java.util.List;
import java.util.stream.Collectors;

/** A document is not a valid subscription. */
public final class InvalidSubscriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * @param violations everything that is wrong with it, at least one
     */
    public InvalidSubscriptionException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /**
     * Something that is wrong.
     *
     * @param pointer where, a JSON pointer (RFC 6901)
     * @param detail what is wrong, and what would be right
     */
    public record Violation(String pointer, String detail) {
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "the document" : pointer) + " " + detail;
        }
    }

    /** Everything that is wrong. */
    public List<Violation> violations() {
        return violations;
    }
}
