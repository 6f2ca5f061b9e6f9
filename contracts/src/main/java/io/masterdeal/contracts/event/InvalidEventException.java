package io.masterdeal.contracts.event;

import java.util.List;
import java.util.stream.Collectors;

/** An event breaks the contracts. It carries every violation found, not only the first. */
public final class InvalidEventException extends RuntimeException {
    private final transient List<Violation> violations;

    /**
     * Makes the exception.
     *
     * @param violations one at least
     */
    public InvalidEventException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /**
     * What is wrong.
     *
     * @return every violation found, in the order of the event
     */
    public List<Violation> violations() {
        return violations;
    }
}
