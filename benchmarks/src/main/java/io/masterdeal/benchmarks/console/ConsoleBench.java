package io.masterdeal.benchmarks.console;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.platform.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How fast the console is with very many deals. */
public final class ConsoleBench implements Bench {

    private static final String METHOD =
            "Made-up deals, each of some steps, clocks and four attributes, are stored in PostgreSQL as a console stores them. Start: a new"
                    + " board reads all of them. Memory: what is on the heap after a full collection, less what was before. Filters and"
                    + " pages: one thread asks each question again and again, after a warm-up.";

    private final Options options;

    /**
     * What is to be measured.
     *
     * @param deals how many there are
     * @param rounds how often each question is asked
     * @param seed decides the deals
     */
    public record Options(int deals, int rounds, long seed) {}

    /** Makes one; nothing is started yet. */
    public ConsoleBench(Options options) {
        this.options = options;
    }

    @Override
    public Report run(Consumer<String> progress) throws Exception {
        double load = Machine.loadAverage();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("method", METHOD);
        figures.put("machine", Machine.describe());
        figures.put("load_average_before", load);
        figures.put("deals", options.deals());
        figures.put("rounds", options.rounds());
        figures.put("seed", options.seed());
        List<String> table = new ArrayList<>();
        table.add("console, %,d deals (load average before: %.1f)".formatted(options.deals(), load));
        Report board = new BoardQuestions(options).run(progress);
        figures.put("board", board.figures());
        table.addAll(board.table());
        figures.put("load_average_after", Machine.loadAverage());
        return new Report(figures, table);
    }
}
