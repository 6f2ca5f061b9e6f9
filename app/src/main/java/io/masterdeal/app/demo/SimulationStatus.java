package io.masterdeal.app.demo;

import java.util.Map;

/**
 * The status of the simulated systems.
 *
 * @param state {@code idle}, {@code running} or {@code draining}
 * @param started deals started
 * @param finished deals whose story has ended
 * @param inFlight deals whose story goes on
 * @param unsent events and copies that were not sent yet
 * @param counts emitted events and injected faults, by name
 * @param stories deals started, by story
 * @param slaTasks the tasks that Task-Tracker has because of SLA
 */
public record SimulationStatus(
        String state,
        long started,
        long finished,
        long inFlight,
        long unsent,
        Map<String, Long> counts,
        Map<String, Long> stories,
        SlaCounts.Tasks slaTasks) {

    /** Whether every story has ended and everything was sent. */
    boolean isQuiet() {
        return state.equals("idle") && inFlight == 0 && unsent == 0;
    }

    long emitted() {
        return counts.getOrDefault("emitted", 0L);
    }
}
