package io.masterdeal.app.demo;

import java.util.Map;

/**
 * How far the simulated systems are.
 *
 * @param state {@code idle}, {@code running} or {@code draining}
 * @param started deals begun
 * @param finished deals whose story is at its end
 * @param inFlight deals whose story goes on
 * @param unsent events and copies that are not with the gateway yet
 * @param counts what was emitted and what went wrong with it, by name
 * @param stories deals begun, by story
 */
public record SimulationStatus(
        String state,
        long started,
        long finished,
        long inFlight,
        long unsent,
        Map<String, Long> counts,
        Map<String, Long> stories) {

    /** Whether every story is told and nothing is under way any more. */
    boolean isQuiet() {
        return state.equals("idle") && inFlight == 0 && unsent == 0;
    }

    long emitted() {
        return counts.getOrDefault("emitted", 0L);
    }
}
