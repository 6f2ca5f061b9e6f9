package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result. All latencies are counted from the moment an event or a question was due to be sent.
 *
 * @param plan what was sent
 * @param steady while nothing else went on
 * @param stalls with a background load besides; empty if there were none
 * @param ceiling of Kafka alone, from a producer to a consumer, at the same rate
 * @param cpu of each process, processor seconds a second over the steady part
 * @param loadBefore load average of the machine over the minute before the run: other programs included
 */
public record LatencyResult(
        LatencyPlan plan,
        Part steady,
        List<Stall> stalls,
        Percentiles ceiling,
        Map<String, Double> cpu,
        double loadBefore) {

    /** Copies the list. */
    public LatencyResult {
        stalls = List.copyOf(stalls);
    }

    /**
     * What was measured over some time, of the steady events and questions alone.
     *
     * @param eventsPerSecond measured events a second, to the last canonical event
     * @param canonical until a canonical event that names the event as its cause was read from Kafka
     * @param answered until the gateway's answer was there
     * @param folded until the canonical event was made, exact to a ms
     * @param relayed until it was sent to Kafka, exact to a ms
     * @param read until the answer to {@code GET /masterdeal/ID} was there
     * @param refused events with another answer than 202, or none
     * @param unseen events taken that no canonical event has named, 15 s after the last
     * @param unseenByDomain the same and those refused, by the domain that sends them
     * @param failedReads questions with another answer than 200, or none
     */
    public record Part(
            double eventsPerSecond,
            Percentiles canonical,
            Percentiles answered,
            Percentiles folded,
            Percentiles relayed,
            Percentiles read,
            long refused,
            long unseen,
            Map<String, Integer> unseenByDomain,
            long failedReads) {

        Map<String, @Nullable Object> figures() {
            Map<String, @Nullable Object> figures = new LinkedHashMap<>();
            figures.put("events_per_second", eventsPerSecond);
            figures.put("post_to_canonical_ms", canonical.figures());
            figures.put("post_to_answer_ms", answered.figures());
            figures.put("post_to_folded_ms", folded.figures());
            figures.put("post_to_relayed_ms", relayed.figures());
            figures.put("get_ms", read.figures());
            figures.put("refused", refused);
            figures.put("unseen", unseen);
            figures.put("unseen_by_domain", unseenByDomain);
            figures.put("failed_reads", failedReads);
            return figures;
        }
    }

    /**
     * The steady events and questions while something else went on besides.
     *
     * @param key for programs
     * @param title for people
     * @param part the steady events and questions, without the background load
     * @param refusedCalls calls of the background load with another answer than 202
     * @param settled when the background load was processed
     */
    public record Stall(String key, String title, Part part, long refusedCalls, Settled settled) {

        Map<String, @Nullable Object> figures(Part steady) {
            Map<String, @Nullable Object> figures = part.figures();
            figures.put("undisturbed_p99_ms", steady.canonical().p99());
            figures.put("p99_ratio", part.canonical().p99() / steady.canonical().p99());
            figures.put("burden_refused_calls", refusedCalls);
            figures.put("burden_deals", settled.deals());
            figures.put("burden_deals_settled", settled.complete());
            figures.put("burden_settled_seconds", settled.seconds());
            return figures;
        }
    }

    /**
     * How much of a background load was processed in the end.
     *
     * @param deals how many deals it concerns
     * @param complete how many of them have all their facts
     * @param seconds from the moment the background load's last event was due until that was read
     */
    public record Settled(int deals, long complete, double seconds) {}

    /** For programs. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        Map<String, @Nullable Object> workload = new LinkedHashMap<>();
        workload.put("events_per_second_due", plan.eventsPerSecond());
        workload.put("reads_per_second_due", plan.readsPerSecond());
        workload.put("warm_up_seconds", plan.warmUpSeconds());
        workload.put("measured_seconds", plan.measuredSeconds());
        workload.put("ceiling_seconds", plan.ceilingSeconds());
        workload.put("stall_seconds", plan.stalls().seconds());
        workload.put("facts_of_one_deal", plan.stalls().factsOfOneDeal());
        workload.put("linked_deals", plan.stalls().linkedDeals());
        workload.put("seed", plan.seed());
        figures.put("workload", workload);
        figures.putAll(steady.figures());
        Map<String, @Nullable Object> byKey = new LinkedHashMap<>();
        stalls.forEach(stall -> byKey.put(stall.key(), stall.figures(steady)));
        figures.put("stalls", byKey);
        figures.put("kafka_alone_ms", ceiling.figures());
        figures.put("cpu_seconds_per_second", cpu);
        figures.put("load_average_before", loadBefore);
        return figures;
    }

    /** For people, line by line. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("latency: %,d events/s due, %,.0f/s done, %,d reads/s, for %d s after %d s, seed %d"
                .formatted(
                        plan.eventsPerSecond(),
                        steady.eventsPerSecond(),
                        plan.readsPerSecond(),
                        plan.measuredSeconds(),
                        plan.warmUpSeconds(),
                        plan.seed()));
        lines.add("%-46s %s".formatted("ms", Percentiles.HEAD));
        lines.add("%-46s %s"
                .formatted("POST to canonical event", steady.canonical().line()));
        lines.add("%-46s %s".formatted("  to its answer", steady.answered().line()));
        lines.add("%-46s %s".formatted("  to being folded", steady.folded().line()));
        lines.add("%-46s %s".formatted("  to being relayed", steady.relayed().line()));
        lines.add("%-46s %s".formatted("GET of a deal", steady.read().line()));
        for (Stall stall : stalls) {
            lines.add("%-46s %s"
                    .formatted(
                            "POST to canonical event, " + stall.title(),
                            stall.part().canonical().line()));
            lines.add("%-46s %s"
                    .formatted("GET of a deal, the same", stall.part().read().line()));
        }
        lines.add("%-46s %s".formatted("Kafka alone, one hop", ceiling.line()));
        lines.add("undisturbed: " + errors(steady));
        for (Stall stall : stalls) {
            Settled settled = stall.settled();
            lines.add(
                    "%s: %s, refused calls of the background load %d; %.1f s after its last event was due %,d of %,d deals have all facts"
                            .formatted(
                                    stall.title(),
                                    errors(stall.part()),
                                    stall.refusedCalls(),
                                    settled.seconds(),
                                    settled.complete(),
                                    settled.deals()));
        }
        lines.add("processors used %s, load before %.1f".formatted(cpu, loadBefore));
        return lines;
    }

    private static String errors(Part part) {
        return "refused %d, never seen %d, failed reads %d"
                .formatted(part.refused(), part.unseen(), part.failedReads());
    }
}
