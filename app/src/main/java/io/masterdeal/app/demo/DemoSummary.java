package io.masterdeal.app.demo;

import io.masterdeal.model.deal.Answers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a demonstration.
 *
 * @param complete whether everything was handled in time
 * @param simulation the status of the simulated systems
 * @param troubles counts of faults in REST answers and of outages, by name
 * @param expected where the deals should stand
 * @param varieties how many deals had each variety
 * @param differences differences by deal; under an empty text those that belong to no deal
 * @param deliveries the deliveries of the event router
 * @param sla clocks, what was told about them, and tasks
 * @param measured how many latencies were measured
 * @param p50 of the latency in ms
 * @param p99 of the latency in ms
 * @param took how long the demonstration took
 */
public record DemoSummary(
        boolean complete,
        SimulationStatus simulation,
        Map<String, Long> troubles,
        Answers expected,
        Map<String, Long> varieties,
        Map<String, List<String>> differences,
        DeliverySummary deliveries,
        SlaCounts sla,
        long measured,
        long p50,
        long p99,
        Duration took) {

    /** Whether the platform knows every event sent, its deals stand where they should, and every delivery is accounted for. */
    public boolean isGood() {
        return complete && differences.isEmpty() && deliveries.problems().isEmpty();
    }

    static Map<String, Long> count(Collection<String> names) {
        Map<String, Long> counts = new TreeMap<>();
        names.forEach(name -> counts.merge(name, 1L, Long::sum));
        return counts;
    }

    /** Prints it for people. */
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d deals, %,d facts, %,d events in %d s%n",
                expected.deals().size(),
                expected.facts(),
                simulation.emitted(),
                took.toSeconds());
        out.println("stages     "
                + DemoDisplay.counts(count(expected.deals().values().stream()
                        .map(deal -> deal.stage())
                        .toList())));
        out.println("outcomes   "
                + DemoDisplay.counts(count(expected.deals().values().stream()
                        .map(deal -> deal.outcome().name().toLowerCase(Locale.ROOT))
                        .toList())));
        out.println("stories    " + DemoDisplay.counts(simulation.stories()));
        out.println("varieties  " + DemoDisplay.counts(varieties));
        out.println("messages   " + DemoDisplay.counts(simulation.counts()) + ", " + DemoDisplay.counts(troubles));
        out.printf(
                Locale.ROOT,
                "latency    event to canonical event p50 %d ms, p99 %d ms, of %,d measured%n",
                p50,
                p99,
                measured);
        out.println("clocks     " + sla.clocksText());
        out.println("sla        " + sla.toldText());
        deliveries.print(out);
        if (!complete) {
            out.printf(
                    Locale.ROOT,
                    "not quiet in time: %d deals in the middle of their story, %d events not sent, %d deliveries not made%n",
                    simulation.inFlight(),
                    simulation.unsent(),
                    DeliveryCounts.total(deliveries.sums().values()).waiting());
        }
        if (differences.isEmpty()) {
            out.println("every deal stands where the six systems believe it does, and every event is accounted for");
        } else {
            out.printf(Locale.ROOT, "%d deals differ from what the six systems believe:%n", differences.size());
            differences.forEach((deal, what) -> {
                out.println("  " + (deal.isEmpty() ? "(no deal)" : deal));
                what.forEach(line -> out.println("    " + line));
            });
        }
        out.flush();
    }
}
