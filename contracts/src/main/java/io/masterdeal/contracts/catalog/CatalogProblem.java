package io.masterdeal.contracts.catalog;

/**
 * One error in a catalog.
 *
 * @param file the file
 * @param line line in it, from 1
 * @param reason what is wrong and how to correct it
 */
public record CatalogProblem(String file, int line, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
