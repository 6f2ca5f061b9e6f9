package io.masterdeal.benchmarks.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All runs of all variants. */
final class Runs {

    private final Map<Variant, List<Result>> results = new EnumMap<>(Variant.class);

    void add(Variant variant, Result result) {
        results.computeIfAbsent(variant, _ -> new ArrayList<>()).add(result);
    }

    /** The runs of a variant, in order. */
    List<Result> of(Variant variant) {
        return List.copyOf(results.getOrDefault(variant, List.of()));
    }

    /** The run with the median rate, of an even number the slower of the two in the middle; null if the variant did not run. */
    @Nullable
    Result median(Variant variant) {
        List<Result> sorted = of(variant).stream()
                .sorted(Comparator.comparingDouble(Result::eventsPerSecond))
                .toList();
        return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
    }

    /** Of some variants the one with the greatest median; null if none ran. */
    @Nullable
    Variant fastest(Variant... variants) {
        Variant fastest = null;
        double most = -1;
        for (Variant variant : variants) {
            Result median = median(variant);
            if (median != null && median.eventsPerSecond() > most) {
                fastest = variant;
                most = median.eventsPerSecond();
            }
        }
        return fastest;
    }

    /** The median rate; null if the variant did not run. */
    @Nullable
    Double rate(@Nullable Variant variant) {
        Result median = variant == null ? null : median(variant);
        return median == null ? null : median.eventsPerSecond();
    }

    /** One entry for each run. */
    List<Map<String, Object>> figures() {
        List<Map<String, Object>> figures = new ArrayList<>();
        results.forEach((variant, runs) -> {
            for (int run = 0; run < runs.size(); run++) {
                figures.add(figures(variant, run + 1, runs.get(run)));
            }
        });
        return figures;
    }

    private static Map<String, Object> figures(Variant variant, int run, Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("contender", variant.key());
        figures.put("run", run);
        figures.put("events", result.events());
        figures.put("seconds", result.seconds());
        figures.put("events_per_second", result.eventsPerSecond());
        figures.put("canonical_events", result.canonicalEvents());
        figures.put("cpu_seconds", result.cpuSeconds());
        figures.put("load_average_before", result.loadBefore());
        return figures;
    }

    /** Processor seconds per event by process, of the median run of each variant. */
    Map<String, Map<String, Double>> cpuPerEvent() {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        results.keySet().forEach(variant -> {
            Result median = Objects.requireNonNull(median(variant));
            Map<String, Double> perEvent = new LinkedHashMap<>();
            median.cpuSeconds().forEach((process, seconds) -> perEvent.put(process, seconds / median.events()));
            all.put(variant.key(), perEvent);
        });
        return all;
    }

    /** A table: a variant a line, its median, its share of a rate, all its runs, and its processor time. */
    List<String> table(@Nullable Double ceiling) {
        List<String> lines = new ArrayList<>();
        lines.add("%-34s %10s %9s   %-30s %s".formatted("", "events/s", "share", "all runs", "CPU us an event"));
        results.forEach((variant, runs) -> {
            Result median = Objects.requireNonNull(median(variant));
            StringBuilder cpu = new StringBuilder();
            median.cpuSeconds()
                    .forEach((process, seconds) ->
                            cpu.append("%s %.0f  ".formatted(process, 1e6 * seconds / median.events())));
            String all = String.join(
                    " ",
                    runs.stream()
                            .map(it -> "%,.0f".formatted(it.eventsPerSecond()))
                            .toList());
            String share = ceiling == null ? "" : "%.0f %%".formatted(100 * median.eventsPerSecond() / ceiling);
            lines.add("%-34s %,10.0f %9s   %-30s %s"
                    .formatted(
                            variant.title(),
                            median.eventsPerSecond(),
                            share,
                            all,
                            cpu.toString().strip()));
        });
        return lines;
    }
}
