package io.masterdeal.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A benchmark of the command line. */
@FunctionalInterface
public interface Bench {

    /**
     * What came out.
     *
     * @param figures for programs: maps, lists, numbers, texts and nulls, in the order in which they are to be written
     * @param table for people, line by line
     */
    record Report(Map<String, @Nullable Object> figures, List<String> table) {

        /** Copies the list. */
        public Report {
            table = List.copyOf(table);
        }
    }

    /**
     * Runs it; this may take many minutes.
     *
     * @param progress gets a line now and then
     * @throws Exception if something needed does not start, fails, or does not come to its end in time
     */
    Report run(Consumer<String> progress) throws Exception;
}
