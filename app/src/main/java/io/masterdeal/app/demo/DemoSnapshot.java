package io.masterdeal.app.demo;

import java.util.Map;

/**
 * The state of a demonstration at one moment.
 *
 * @param simulation how far the simulated systems are
 * @param stages deals by stage, first to last, as the service counts them
 * @param outcomes deals by outcome
 * @param eventsPerSecond events emitted in the last seconds
 * @param p50 of the latency in ms
 * @param p99 of the latency in ms
 * @param orphans objects that reach no deal yet
 * @param suppressed effects that were not sent
 * @param waiting events and deals the service has yet to work off
 * @param deliveries what the event router has done until now
 * @param deliveriesPerSecond deliveries that were taken in the last seconds
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
        double deliveriesPerSecond) {}
