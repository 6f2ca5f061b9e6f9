package io.masterdeal.app.demo;

import java.util.Map;

/**
 * The state of a demonstration at one moment.
 *
 * @param simulation the status of the simulated systems
 * @param stages deals by stage, first to last, as the service counts them
 * @param outcomes deals by outcome
 * @param eventsPerSecond events emitted a second, over the last seconds
 * @param p50 of the latency in ms
 * @param p99 of the latency in ms
 * @param orphans objects that reach no deal yet
 * @param suppressed effects that were not sent
 * @param waiting events, deals and effects that the service has not handled yet
 * @param deliveries the counts of the event router
 * @param deliveriesPerSecond deliveries a second, over the last seconds
 * @param sla clocks, what was told about them, and tasks
 */
public record DemoSnapshot(
        SimulationStatus simulation,
        Map<String, Long> stages,
        Map<String, Long> outcomes,
        double eventsPerSecond,
        long p50,
        long p99,
        long orphans,
        long suppressed,
        long waiting,
        DeliveryCounts deliveries,
        double deliveriesPerSecond,
        SlaCounts sla) {}
