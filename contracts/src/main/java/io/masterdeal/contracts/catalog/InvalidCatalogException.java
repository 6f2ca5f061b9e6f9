package io.masterdeal.contracts.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A catalog cannot be used. It carries every problem found, not only the first. */
public final class InvalidCatalogException extends RuntimeException {
    private final transient List<CatalogProblem> problems;

    /**
     * Makes the exception.
     *
     * @param problems one at least
     */
    public InvalidCatalogException(List<CatalogProblem> problems) {
        super(problems.stream().map(CatalogProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong.
     *
     * @return every problem found
     */
    public List<CatalogProblem> problems() {
        return problems;
    }
}
