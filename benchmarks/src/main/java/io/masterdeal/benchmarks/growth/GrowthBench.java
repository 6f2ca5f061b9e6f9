package io.masterdeal.benchmarks.growth;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.intake.Progress;
import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.benchmarks.workload.TopicLoader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How fast new deals are taken in while many others are stored, beside how fast with few; and what memory the service has
 * after it. Each number of deals has servers of its own, filled by {@link DealLoader}.
 */
public final class GrowthBench implements Bench {

    private static final String METHOD =
            "The stored deals are loaded straight into the tables: the same rows as if they had been taken in. Then"
                    + " VACUUM (ANALYZE) and CHECKPOINT. For each round the topics are filled with events of new deals, and a new"
                    + " process of the service takes them in; the clock starts when the warm-up share is committed and"
                    + " stops when the last canonical event lies in Kafka. Rates are medians of the rounds. The heap is what"
                    + " is used after a full collection at the end of a round.";

    private static final Map<String, String> NO_INTAKE = Map.of("masterdeal.intake.enabled", "false");

    private static final String GROUP = "masterdeal-service";

    private static final long SAMPLE_MS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Options options;

    /**
     * What is to be run.
     *
     * @param small few deals
     * @param large many; a million take a few minutes to load and 7 GB of disk, besides the write-ahead log
     * @param fresh new deals of each round
     * @param rounds how many, 1 or more
     * @param warmUp how many events of a round are done before the clock starts, as a share of all, 0 to 1
     * @param flags more flags of the Java virtual machine of the service
     * @param seed decides the events
     */
    public record Options(int small, int large, int fresh, int rounds, double warmUp, List<String> flags, long seed) {

        /** Copies the list. */
        public Options {
            flags = List.copyOf(flags);
        }
    }

    /** Makes one; nothing is started yet. */
    public GrowthBench(Options options) {
        this.options = options;
    }

    @Override
    public Report run(Consumer<String> progress) throws Exception {
        GrowthResult result = measure(progress);
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("method", METHOD);
        figures.put("fresh_deals", options.fresh());
        figures.put("warm_up_share", options.warmUp());
        figures.put("jvm_flags", options.flags());
        figures.put("seed", options.seed());
        figures.putAll(result.figures());
        List<String> table = new ArrayList<>();
        table.add("growth: %,d new deals, %d rounds, seed %d"
                .formatted(options.fresh(), options.rounds(), options.seed()));
        table.addAll(result.table());
        return new Report(figures, table);
    }

    /**
     * Runs it; with a million deals this takes some ten minutes.
     *
     * @param progress gets a line now and then
     * @throws IllegalStateException if a part does not start, or a round does not end in time
     */
    public GrowthResult measure(Consumer<String> progress)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        GrowthResult.Size small = measure(options.small(), progress);
        return new GrowthResult(small, measure(options.large(), progress));
    }

    private GrowthResult.Size measure(int deals, Consumer<String> progress)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            MeasuredRole.service(platform, NO_INTAKE, List.of()).close();
            progress.accept("growth: loading %,d deals ...".formatted(deals));
            long started = System.nanoTime();
            DealLoader.load(platform, workload(0, deals), line -> progress.accept("growth: " + line));
            double seconds = (System.nanoTime() - started) / 1e9;
            long bytes = number(platform, "SELECT pg_database_size(current_database())");
            progress.accept("growth: loaded in %.0f s, %,d MiB".formatted(seconds, bytes >> 20));
            List<GrowthResult.Round> rounds = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                GrowthResult.Round result = round(platform, workload(deals + round * options.fresh(), options.fresh()));
                rounds.add(result);
                progress.accept("growth: %,d deals stored, round %d of %d: %,.0f events/s"
                        .formatted(deals, round + 1, options.rounds(), result.eventsPerSecond()));
            }
            return new GrowthResult.Size(deals, seconds, bytes, rounds);
        }
    }

    private DealWorkload workload(int first, int deals) {
        return new DealWorkload(first, deals, options.seed(), DealWorkload.Order.AS_HAPPENED);
    }

    private GrowthResult.Round round(MeasuredPlatform platform, DealWorkload workload)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        double load = Machine.loadAverage();
        TopicLoader.load(platform, workload);
        long revisions = number(platform, "SELECT sum(revision) FROM service.deals");
        try (Progress progress = new Progress(platform, GROUP)) {
            long before = progress.committed();
            long canonicalBefore = progress.canonical();
            try (MeasuredRole service = MeasuredRole.service(platform, Map.of(), options.flags())) {
                long all = before + workload.events();
                long first = await(progress::committed, before + (long) (workload.events() * options.warmUp()));
                long started = System.nanoTime();
                // Counted as they arrive, so that none is left to count at the end.
                Count both = () -> {
                    progress.canonical();
                    return progress.committed();
                };
                await(both, all);
                long ended = settled(progress);
                ServiceMemory memory = ServiceMemory.of(service.handle());
                long published = number(platform, "SELECT sum(revision) FROM service.deals") - revisions;
                await(progress::canonical, canonicalBefore + published);
                return new GrowthResult.Round(
                        all - first, (ended - started) / 1e9, memory.heapBytes(), memory.residentBytes(), load);
            }
        }
    }

    /** Says how many there are. */
    @FunctionalInterface
    private interface Count {
        long now() throws InterruptedException, ExecutionException;
    }

    private static long await(Count count, long wanted) throws InterruptedException, ExecutionException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long now = count.now();
            if (now >= wanted) {
                return now;
            }
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(
                        "after " + PATIENCE.toMinutes() + " min there are " + now + " events of " + wanted);
            }
            TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
        }
    }

    /**
     * When the last canonical event came, by {@link System#nanoTime}: after it none came for a second. Asking PostgreSQL for the
     * expected number would take time with many deals, and none with few.
     */
    private static long settled(Progress progress) throws InterruptedException, ExecutionException {
        long count = -1;
        long at = System.nanoTime();
        while (System.nanoTime() - at < TimeUnit.SECONDS.toNanos(1)) {
            long now = progress.canonical();
            if (now != count) {
                count = now;
                at = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
        }
        return at;
    }

    private static long number(MeasuredPlatform platform, String query) throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
