package io.masterdeal.routes.csv;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table: text by column name, in the order of the columns. A map, so that routes ask for {@code ${body[amount]}}.
 * Mutable, as Camel's users expect of a body.
 */
public final class Row extends LinkedHashMap<String, String> {

    private final long line;

    private final @Nullable String problem;

    /**
     * @param line where it begins in the file, from 1
     * @param problem what is wrong with it as a row; null if nothing is
     */
    Row(Map<String, String> cells, long line, @Nullable String problem) {
        super(cells);
        this.line = line;
        this.problem = problem;
    }

    /** Where it begins in the file, from 1. */
    public long line() {
        return line;
    }

    /** Why it is no row of its table; null if it is one. */
    public @Nullable String problem() {
        return problem;
    }
}
