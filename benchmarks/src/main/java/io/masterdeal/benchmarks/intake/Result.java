package io.masterdeal.benchmarks.intake;

import java.util.Map;

/**
 * What one run came to.
 *
 * @param events how many were measured, the warm-up left out
 * @param seconds how long they took
 * @param canonicalEvents how many lie in Kafka in the end, the warm-up's included; 0 if it was not its job to bring any there
 * @param cpuSeconds processor time of each process over the measured part
 * @param loadBefore the machine's load average of the minute before the run; negative where that is not known
 */
record Result(long events, double seconds, long canonicalEvents, Map<String, Double> cpuSeconds, double loadBefore) {

    double eventsPerSecond() {
        return events / seconds;
    }
}
