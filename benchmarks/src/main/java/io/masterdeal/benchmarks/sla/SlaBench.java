package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.Bench;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How fast the clocks of deals are, and what they cost, part by part. */
public final class SlaBench implements Bench {

    private static final String METHOD =
            "Each part has servers of its own. Evaluate: one thread without a database, by its processor time. Deadlines: deals of"
                    + " which one clock each is breached become due at once, after a warm-up; the clock stops when the last canonical"
                    + " event lies in Kafka, and PostgreSQL alone then writes the same rows. Intake: as the intake benchmark, with the"
                    + " bundled policies and without any in turn, over events of the last moments. Newest: one fact a transaction, of"
                    + " one thread. Calendar: a constant rate of events, alone and while all clocks are evaluated anew.";

    private final Options options;

    /** What is measured. */
    public enum Part {
        /** Clocks evaluated a second and core. */
        EVALUATE,
        /** Deadlines fired a second. */
        DEADLINES,
        /** The intake with clocks and without. */
        INTAKE,
        /** A newest fact of a deal with few facts and with many. */
        NEWEST,
        /** A changed calendar, evaluated while events come in. */
        CALENDAR;

        /** For programs. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How much is measured.
     *
     * @param evaluated how long clocks are evaluated in each way
     * @param deals of the intake, seven events each
     * @param deadlines how many are told in all, the warm-up among them
     * @param factsOfDeal how many a large deal has
     * @param newestFacts how many are timed of each deal, after half as many that are not
     * @param clocks how many run when the calendar changes
     */
    public record Sizes(Duration evaluated, int deals, int deadlines, int factsOfDeal, int newestFacts, int clocks) {}

    /**
     * What is to be run.
     *
     * @param parts which of them
     * @param sizes how much is measured
     * @param rate events a second beside the changed calendar
     * @param seconds how long they come, after a warm-up as long
     * @param runs how many runs of evaluation and intake, 1 or more; rates are medians
     * @param warmUp how much is done before the clock starts, as a share of all, 0 to 1
     * @param flags more flags of the Java virtual machines of the service
     * @param seed decides the events
     */
    public record Options(
            Set<Part> parts,
            Sizes sizes,
            int rate,
            int seconds,
            int runs,
            double warmUp,
            List<String> flags,
            long seed) {

        /** Copies the collections. */
        public Options {
            parts = Set.copyOf(parts);
            flags = List.copyOf(flags);
        }
    }

    /** Makes one; nothing is started yet. */
    public SlaBench(Options options) {
        this.options = options;
    }

    @Override
    public Report run(Consumer<String> progress) throws Exception {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        List<String> table = new ArrayList<>();
        figures.put("method", METHOD);
        figures.put("workload", workload());
        for (Part part : Part.values()) {
            if (options.parts().contains(part)) {
                Report report = run(part, progress);
                figures.put(part.key(), report.figures());
                table.addAll(report.table());
            }
        }
        return new Report(figures, table);
    }

    private Report run(Part part, Consumer<String> progress)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        return switch (part) {
            case EVALUATE -> new Evaluation(options).run(progress);
            case DEADLINES -> new Deadlines(options).run(progress);
            case INTAKE -> new ClocksAndIntake(options).run(progress);
            case NEWEST -> new NewestFact(options).run(progress);
            case CALENDAR -> new ChangedCalendar(options).run(progress);
        };
    }

    private Map<String, Object> workload() {
        Map<String, Object> workload = new LinkedHashMap<>();
        workload.put("deals", options.sizes().deals());
        workload.put("deadlines", options.sizes().deadlines());
        workload.put("facts_of_deal", options.sizes().factsOfDeal());
        workload.put("newest_facts", options.sizes().newestFacts());
        workload.put("clocks", options.sizes().clocks());
        workload.put("rate", options.rate());
        workload.put("seconds", options.seconds());
        workload.put("runs", options.runs());
        workload.put("warm_up_share", options.warmUp());
        workload.put("jvm_flags", options.flags());
        workload.put("seed", options.seed());
        return workload;
    }
}
