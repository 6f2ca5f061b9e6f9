package io.masterdeal.app.report;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Counts the clocks of reports. Not safe for use by several threads. */
public final class ClockCounts {

    private final SortedMap<String, Long> states = new TreeMap<>();

    private long deals;

    private long cycles;

    private long breachedCycles;

    /**
     * Counts the clocks of one more deal.
     *
     * @param report in the form of the service's answer
     */
    public void add(JsonNode report) {
        deals++;
        for (JsonNode clock : report.path("clocks")) {
            states.merge(clock.path("state").stringValue(), 1L, Long::sum);
            for (JsonNode cycle : clock.path("cycles")) {
                cycles++;
                if (!cycle.path("breached_at").isNull()) {
                    breachedCycles++;
                }
            }
        }
    }

    /** How many deals. */
    public long deals() {
        return deals;
    }

    /** How many clocks are in each state that occurs, as it is written in reports. */
    public SortedMap<String, Long> states() {
        return Collections.unmodifiableSortedMap(states);
    }

    /** How many cycles all clocks have. */
    public long cycles() {
        return cycles;
    }

    /** How many of them have been breached, the cancelled ones too. */
    public long breachedCycles() {
        return breachedCycles;
    }

    /** The last line of a report. */
    ObjectNode summary(String instant, String policies, String rules) {
        ObjectNode summary = JsonMapper.shared().createObjectNode();
        ObjectNode counts = summary.putObject("summary").put("breached_cycles", breachedCycles);
        states.forEach(counts.putObject("clocks")::put);
        counts.put("cycles", cycles)
                .put("deals", deals)
                .put("now", instant)
                .put("policies", policies)
                .put("rules", rules);
        return summary;
    }
}
