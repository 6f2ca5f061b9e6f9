package io.masterdeal.contracts.avro;

/** Receives each problem found while reading JSON. */
@FunctionalInterface
public interface ProblemCollector {
    /**
     * Adds one problem.
     *
     * @param pointer JSON pointer to the value
     * @param message what is wrong and how to correct it
     */
    void add(String pointer, String message);
}
