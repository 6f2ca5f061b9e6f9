package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.intake.Result;
import io.masterdeal.benchmarks.intake.ServiceRun;
import io.masterdeal.benchmarks.workload.DealWorkload;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What clocks cost the intake: the same deals are taken in with the bundled policies and without any, in turn. The events happened
 * in the minute before they are taken in, so that clocks run and are stopped in time, as in daily work.
 */
final class ClocksAndIntake {

    private static final Map<String, String> OFF = Map.of("masterdeal.service.sla.policies", "none");

    private final SlaBench.Options options;

    ClocksAndIntake(SlaBench.Options options) {
        this.options = options;
    }

    Bench.Report run(Consumer<String> progress) throws InterruptedException, ExecutionException, SQLException {
        List<Result> with = new ArrayList<>();
        List<Result> without = new ArrayList<>();
        for (int run = 1; run <= options.runs(); run++) {
            with.add(takeIn(Map.of()));
            without.add(takeIn(OFF));
            progress.accept("sla intake: run %d of %d: %,.0f events/s with clocks, %,.0f without"
                    .formatted(
                            run,
                            options.runs(),
                            with.getLast().eventsPerSecond(),
                            without.getLast().eventsPerSecond()));
        }
        Result on = median(with);
        Result off = median(without);
        double ratio = on.eventsPerSecond() / off.eventsPerSecond();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("deals", options.sizes().deals());
        figures.put("events_per_second_with_clocks", on.eventsPerSecond());
        figures.put("events_per_second_without_clocks", off.eventsPerSecond());
        figures.put("ratio", ratio);
        figures.put(
                "runs_with_clocks", with.stream().map(ClocksAndIntake::figures).toList());
        figures.put(
                "runs_without_clocks",
                without.stream().map(ClocksAndIntake::figures).toList());
        return new Bench.Report(
                figures,
                List.of(
                        "intake of %,d deals, events/s"
                                .formatted(options.sizes().deals()),
                        line("with clocks", with, on),
                        line("without", without, off),
                        "with clocks: %.2f of the rate without (wanted: 0.85)".formatted(ratio)));
    }

    private Result takeIn(Map<String, String> settings) throws InterruptedException, ExecutionException, SQLException {
        DealWorkload workload = new DealWorkload(
                        0, options.sizes().deals(), options.seed(), DealWorkload.Order.AS_HAPPENED)
                .until(Instant.now());
        return new ServiceRun(options.warmUp(), options.flags(), settings).takeIn(workload);
    }

    /** Of an even number the slower of the two in the middle. */
    private static Result median(List<Result> runs) {
        List<Result> sorted = new ArrayList<>(runs);
        sorted.sort((a, b) -> Double.compare(a.eventsPerSecond(), b.eventsPerSecond()));
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static Map<String, @Nullable Object> figures(Result run) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("events", run.events());
        figures.put("seconds", run.seconds());
        figures.put("events_per_second", run.eventsPerSecond());
        figures.put("canonical_events", run.canonicalEvents());
        figures.put("cpu_seconds", run.cpuSeconds());
        figures.put("load_average_before", run.loadBefore());
        return figures;
    }

    private static String line(String title, List<Result> runs, Result median) {
        StringBuilder cpu = new StringBuilder();
        median.cpuSeconds()
                .forEach((process, seconds) ->
                        cpu.append("  %s %.0f".formatted(process, 1e6 * seconds / median.events())));
        List<String> all =
                runs.stream().map(it -> "%,.0f".formatted(it.eventsPerSecond())).toList();
        return "  %-14s %,10.0f   all runs %s   CPU us an event%s"
                .formatted(title, median.eventsPerSecond(), String.join(" ", all), cpu);
    }
}
