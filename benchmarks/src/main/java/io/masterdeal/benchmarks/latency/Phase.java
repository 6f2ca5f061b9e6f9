package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.measure.Schedule;

/**
 * A period of constant rates, and the latencies of everything that was due in it.
 *
 * @param posting when events are due
 * @param reading when reads are due
 * @param answered from an event being due to the gateway's answer
 * @param folded to the canonical event being made
 * @param relayed to its being sent to Kafka by the relay
 * @param seen to its being read
 * @param read from a read being due to its answer
 */
record Phase(
        Schedule posting,
        Schedule reading,
        Latencies answered,
        Latencies folded,
        Latencies relayed,
        Latencies seen,
        Latencies read) {

    /** One that begins in a moment. */
    static Phase soon(LatencyPlan plan, int firstEvent, int seconds) {
        Schedule posting = Schedule.soon(plan.eventsPerSecond(), firstEvent, seconds * plan.eventsPerSecond());
        Schedule reading = new Schedule(
                posting.startNanos(), posting.startMillis(), plan.readsPerSecond(), 0, seconds * plan.readsPerSecond());
        return new Phase(
                posting, reading, new Latencies(), new Latencies(), new Latencies(), new Latencies(), new Latencies());
    }

    /** Its result. */
    LatencyResult.Part part(CanonicalEventConsumer canonicalEvents) {
        Percentiles canonical = seen.percentiles();
        return new LatencyResult.Part(
                canonical.count() * 1e9 / Math.max(1, canonicalEvents.lastSeen() - posting.startNanos()),
                canonical,
                answered.percentiles(),
                folded.percentiles(),
                relayed.percentiles(),
                read.percentiles(),
                answered.failed(),
                posting.count() - canonical.count() - answered.failed(),
                canonicalEvents.unnamed(this),
                read.failed());
    }
}
