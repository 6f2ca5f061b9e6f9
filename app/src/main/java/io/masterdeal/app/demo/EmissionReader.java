package io.masterdeal.app.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads what the systems emit, and tells the latency monitor when the gateway had each event. */
final class EmissionReader {

    private static final int MAX_REMEMBERED = 100_000;

    private final SimulationClient simulation;

    private final LatencyMonitor latencies;

    /** Ids of events that the monitor knows. */
    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    /** The first page that is not complete: it may have events that were not sent yet when it was read. */
    private String cursor = "";

    EmissionReader(SimulationClient simulation, LatencyMonitor latencies) {
        this.simulation = simulation;
        this.latencies = latencies;
    }

    /** Reads new events. */
    void read() throws InterruptedException {
        String at = cursor;
        boolean done = true;
        while (true) {
            SimulationClient.Page page = simulation.emitted(at);
            for (EmittedEvent event : page.items()) {
                done &= event.lost() || event.refused() != null || event.sentAt() != null;
                if (event.sentAt() != null && told.add(event.id().toString())) {
                    latencies.sentAt(event.id().toString(), event.sentAt());
                }
            }
            if (page.next() == null) {
                return;
            }
            at = page.next();
            if (done) {
                cursor = at;
            }
        }
    }
}
