package io.masterdeal.benchmarks.intake;

import java.util.Map;

/**
 * The result of one run.
 *
 * @param events how many were measured, the warm-up left out
 * @param seconds how long they took
 * @param canonicalEvents how many are in Kafka at the end, the warm-up's included; 0 if the run is not meant to publish any
 * @param cpuSeconds processor time of each process over the measured part
 * @param loadBefore the machine's load average of the minute before the run; negative where that is not known
 */
public record Result(
        long events, double seconds, long canonicalEvents, Map<String, Double> cpuSeconds, double loadBefore) {

    /** Events a second. */
    public double eventsPerSecond() {
        return events / seconds;
    }
}
