package io.masterdeal.contracts.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A catalog is invalid. The exception has every problem found, not only the first. */
public final class InvalidCatalogException extends RuntimeException {
    private final transient List<CatalogProblem> problems;

    /**
     * Creates the exception.
     *
     * @param problems at least one
     */
    public InvalidCatalogException(List<CatalogProblem> problems) {
        super(problems.stream().map(CatalogProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems.
     *
     * @return every problem found
     */
    public List<CatalogProblem> problems() {
        return problems;
    }
}
