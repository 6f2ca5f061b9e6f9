package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.workload.DealWorkload;

/**
 * What is sent, and for how long.
 *
 * @param eventsPerSecond events posted each second, evenly spaced
 * @param readsPerSecond deals asked for each second meanwhile, evenly spaced
 * @param warmUpSeconds how long both go on before; everything sent must be processed before anything is measured
 * @param measuredSeconds how long it is measured while nothing else goes on
 * @param ceilingSeconds how long Kafka alone is measured after it
 * @param stalls what is sent besides, in parts of their own
 * @param seed of the events and of the choice of deals
 */
public record LatencyPlan(
        int eventsPerSecond,
        int readsPerSecond,
        int warmUpSeconds,
        int measuredSeconds,
        int ceilingSeconds,
        Stalls stalls,
        long seed) {

    /**
     * What might hold the other deals up.
     *
     * @param seconds how long each part is measured; 0 if there are none
     * @param factsOfOneDeal how many facts one deal gets in the first part
     * @param linkedDeals to how many deals a frame contract is linked in the second part; all have to have begun in the warm-up
     */
    public record Stalls(int seconds, int factsOfOneDeal, int linkedDeals) {}

    private static final int FACTS_OF_ONE_DEAL = 10_000;

    private static final int FACTS_OF_ONE_DEAL_A_SECOND = 200;

    private static final int LINKED_DEALS = 5000;

    /**
     * A plan in which all else follows from how long each part is measured: a warm-up of twice that, and the greatest
     * stalls that fit in, up to one deal with 10,000 facts and a contract linked to 5,000 deals.
     *
     * @param seconds how long each part is measured, 2 or more
     */
    public static LatencyPlan of(int eventsPerSecond, int readsPerSecond, int seconds, long seed) {
        int warmUp = 2 * seconds;
        // All events of a deal have come six and a half overlaps after its first; one more is to be on the safe side.
        int finished = warmUp * eventsPerSecond / DealWorkload.EVENTS_OF_A_DEAL - 8 * DealWorkload.LITTLE_OVERLAP;
        Stalls stalls = new Stalls(
                seconds,
                Math.min(FACTS_OF_ONE_DEAL, FACTS_OF_ONE_DEAL_A_SECOND * seconds),
                Math.clamp(finished, 1, LINKED_DEALS));
        return new LatencyPlan(
                eventsPerSecond, readsPerSecond, warmUp, seconds, Math.max(1, seconds / 6), stalls, seed);
    }

    int warmUpEvents() {
        return warmUpSeconds * eventsPerSecond;
    }

    int measuredEvents() {
        return measuredSeconds * eventsPerSecond;
    }

    int stallEvents() {
        return stalls.seconds() * eventsPerSecond;
    }

    int events() {
        return warmUpEvents() + measuredEvents() + 2 * stallEvents();
    }
}
