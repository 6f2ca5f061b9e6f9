package io.masterdeal.routes.csv;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table: text by column name, in the order of the columns. It is a map, so that routes can use {@code ${body[amount]}}, and
 * mutable, as users of Camel expect of a body.
 */
public final class Row extends LinkedHashMap<String, String> {

    private final long line;

    private final @Nullable String problem;

    /**
     * @param line where it begins in the file, from 1
     * @param problem why it does not fit its table; null if it does
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

    /** Why it does not fit its table; null if it does. */
    public @Nullable String problem() {
        return problem;
    }
}
