package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.measure.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result.
 *
 * @param plan what was sent
 * @param rates deliveries a second, of each run
 * @param bare requests a second of the bare client, of each run
 * @param halfLoad events due each second while latencies were measured
 * @param latency from the moment an event was due to be sent to Kafka until its subscriber had it
 * @param undisturbed ms until all events were delivered, of each run
 * @param poisoned the same of the other deals while one deal is refused
 * @param besideSlow the same of one sink while another holds its first answer
 * @param ledgerRows deliveries in the ledger before the last runs
 * @param filledRates deliveries a second with that many, of each run
 * @param repeats events that came more than once, of all runs
 * @param cpu processor seconds for each delivery, of the median run, by process
 * @param loadBefore load average of the machine over the minute before
 */
public record DeliveryResult(
        DeliveryPlan plan,
        List<Double> rates,
        List<Double> bare,
        int halfLoad,
        Percentiles latency,
        List<Double> undisturbed,
        List<Double> poisoned,
        List<Double> besideSlow,
        long ledgerRows,
        List<Double> filledRates,
        int repeats,
        Map<String, Double> cpu,
        double loadBefore) {

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Deliveries a second; the median. */
    public double perSecond() {
        return median(rates);
    }

    /** For programs. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("workload", workload());
        figures.put("deliveries_per_second", perSecond());
        figures.put("ceiling_requests_per_second", median(bare));
        figures.put("ratio", perSecond() / median(bare));
        figures.put("latency_events_per_second_due", halfLoad);
        figures.put("event_to_subscriber_ms", latency.figures());
        figures.put("poison_ratio", median(poisoned) / median(undisturbed));
        figures.put("slow_ratio", median(besideSlow) / median(undisturbed));
        figures.put("ledger_rows", ledgerRows);
        figures.put("filled_deliveries_per_second", median(filledRates));
        figures.put("filled_ratio", median(filledRates) / perSecond());
        figures.put("repeats", repeats);
        figures.put("cpu_seconds_per_delivery", cpu);
        figures.put("load_average_before", loadBefore);
        Map<String, @Nullable Object> runs = new LinkedHashMap<>();
        runs.put("deliveries_per_second", rates);
        runs.put("ceiling_requests_per_second", bare);
        runs.put("undisturbed_ms", undisturbed);
        runs.put("poisoned_ms", poisoned);
        runs.put("beside_slow_ms", besideSlow);
        runs.put("filled_deliveries_per_second", filledRates);
        figures.put("runs", runs);
        return figures;
    }

    private Map<String, @Nullable Object> workload() {
        Map<String, @Nullable Object> workload = new LinkedHashMap<>();
        workload.put("deals", plan.deals());
        workload.put("events", plan.events());
        workload.put("latency_seconds", plan.seconds());
        workload.put("poison_deals", plan.poisonDeals());
        workload.put("poison_events", plan.poisonEvents());
        workload.put("seed", plan.seed());
        return workload;
    }

    /** For people, line by line. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("delivery: %,.0f deliveries/s, bare HTTP client %,.0f/s, ratio %.2f"
                .formatted(perSecond(), median(bare), perSecond() / median(bare)));
        lines.add("%-46s %s".formatted("ms", Percentiles.HEAD));
        lines.add("%-46s %s"
                .formatted("canonical event to subscriber, %,d events/s".formatted(halfLoad), latency.line()));
        lines.add("all other deals beside a poisonous one: %.0f ms, undisturbed %.0f ms, ratio %.2f"
                .formatted(median(poisoned), median(undisturbed), median(poisoned) / median(undisturbed)));
        lines.add("all of a sink beside a slow one: %.0f ms, ratio %.2f"
                .formatted(median(besideSlow), median(besideSlow) / median(undisturbed)));
        lines.add("with %,d deliveries in the ledger: %,.0f deliveries/s, ratio %.2f"
                .formatted(ledgerRows, median(filledRates), median(filledRates) / perSecond()));
        lines.add("repeats %d, processor seconds for a delivery %s, load before %.1f"
                .formatted(repeats, cpu, loadBefore));
        return lines;
    }
}
