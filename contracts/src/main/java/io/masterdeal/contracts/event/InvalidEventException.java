package io.masterdeal.contracts.event;

import java.util.List;
import java.util.stream.Collectors;

/** An event violates the contracts. The exception has every violation found, not only the first. */
public final class InvalidEventException extends RuntimeException {
    private final transient List<Violation> violations;

    /**
     * Creates the exception.
     *
     * @param violations at least one
     */
    public InvalidEventException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /**
     * The violations.
     *
     * @return every violation found, in the order of the event
     */
    public List<Violation> violations() {
        return violations;
    }
}
