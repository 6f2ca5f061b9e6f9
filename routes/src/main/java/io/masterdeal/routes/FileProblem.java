package io.masterdeal.routes;

/**
 * A file whose current content is not in use.
 *
 * @param file its name
 * @param line where it is wrong, from 1; 0 if that is not known
 * @param cause what is wrong, without secrets
 * @param earlierRuns whether routes of an earlier content still run
 */
public record FileProblem(String file, int line, String cause, boolean earlierRuns) {

    @Override
    public String toString() {
        return file + (line > 0 ? ", line " + line : "") + ": " + cause
                + (earlierRuns ? " (its routes run as they were before)" : " (none of its routes run)");
    }
}
