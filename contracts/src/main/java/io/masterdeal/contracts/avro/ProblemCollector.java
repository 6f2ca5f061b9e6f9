package io.masterdeal.contracts.avro;

/** Takes what is found wrong, one call each. */
@FunctionalInterface
public interface ProblemCollector {
    /**
     * Takes one problem.
     *
     * @param pointer JSON pointer to the value
     * @param message what is wrong and what would be right
     */
    void add(String pointer, String message);
}
