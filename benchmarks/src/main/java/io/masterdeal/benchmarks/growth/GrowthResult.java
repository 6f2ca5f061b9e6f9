package io.masterdeal.benchmarks.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result.
 *
 * @param small with few deals stored
 * @param large with many
 */
public record GrowthResult(Size small, Size large) {

    private static final double MIB = 1024 * 1024;

    /**
     * One number of deals.
     *
     * @param deals stored before anything was measured
     * @param loadSeconds how long it took to put them there
     * @param databaseBytes size of the database then, with its indexes
     * @param rounds one after the other, each with new deals and a new process of the service
     */
    public record Size(int deals, double loadSeconds, long databaseBytes, List<Round> rounds) {

        /** Copies the list. */
        public Size {
            rounds = List.copyOf(rounds);
        }

        /** The round with the median rate; of an even number the slower of the two in the middle. */
        public Round median() {
            List<Round> sorted = new ArrayList<>(rounds);
            sorted.sort((a, b) -> Double.compare(a.eventsPerSecond(), b.eventsPerSecond()));
            return sorted.get((sorted.size() - 1) / 2);
        }
    }

    /**
     * Events of new deals, taken in.
     *
     * @param events how many were measured, the warm-up left out
     * @param seconds how long they took, until their canonical events were in Kafka
     * @param heapBytes used heap of the service after it, after a full garbage collection
     * @param residentBytes memory of the service's process as the system sees it; null where it does not say
     * @param loadBefore the machine's load average of the minute before; negative where that is not known
     */
    public record Round(
            long events,
            double seconds,
            long heapBytes,
            @Nullable Long residentBytes,
            double loadBefore) {

        /** Events a second. */
        public double eventsPerSecond() {
            return events / seconds;
        }
    }

    /** How fast it is with many deals, as a share of how fast it is with few. */
    public double ratio() {
        return large.median().eventsPerSecond() / small.median().eventsPerSecond();
    }

    /** For programs. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("ratio", ratio());
        figures.put("small", figures(small));
        figures.put("large", figures(large));
        return figures;
    }

    private static Map<String, @Nullable Object> figures(Size size) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("deals", size.deals());
        figures.put("load_seconds", size.loadSeconds());
        figures.put("database_bytes", size.databaseBytes());
        figures.put("events_per_second", size.median().eventsPerSecond());
        figures.put("heap_bytes", size.median().heapBytes());
        figures.put("resident_bytes", size.median().residentBytes());
        List<Map<String, @Nullable Object>> rounds = new ArrayList<>();
        for (Round round : size.rounds()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("events", round.events());
            one.put("seconds", round.seconds());
            one.put("events_per_second", round.eventsPerSecond());
            one.put("heap_bytes", round.heapBytes());
            one.put("resident_bytes", round.residentBytes());
            one.put("load_average_before", round.loadBefore());
            rounds.add(one);
        }
        figures.put("rounds", rounds);
        return figures;
    }

    /** For people, line by line. */
    public List<String> table() {
        return List.of(
                "%-12s %10s   %-26s %12s %12s %12s %8s"
                        .formatted(
                                "deals stored",
                                "events/s",
                                "all rounds",
                                "heap MiB",
                                "resident MiB",
                                "database MiB",
                                "load s"),
                line(small),
                line(large),
                "with many deals: %.0f %% of the rate with few".formatted(100 * ratio()));
    }

    private static String line(Size size) {
        Round median = size.median();
        String all = String.join(
                " ",
                size.rounds().stream()
                        .map(it -> "%,.0f".formatted(it.eventsPerSecond()))
                        .toList());
        Long resident = median.residentBytes();
        return "%,-12d %,10.0f   %-26s %12.0f %12s %12.0f %8.0f"
                .formatted(
                        size.deals(),
                        median.eventsPerSecond(),
                        all,
                        median.heapBytes() / MIB,
                        resident == null ? "" : "%.0f".formatted(resident / MIB),
                        size.databaseBytes() / MIB,
                        size.loadSeconds());
    }
}
