package io.masterdeal.benchmarks.delivery;

/**
 * What is sent, and how often.
 *
 * @param deals whose canonical events are sent
 * @param events deliveries of each run that measures a rate
 * @param rounds runs of each kind; what counts is the median
 * @param seconds how long latencies are measured
 * @param poisonDeals deals of a run in which the events of one are refused
 * @param poisonEvents events of such a run, and of one beside a slow sink
 * @param disturbances runs with a refused deal, with a slow sink, and undisturbed, of each
 * @param ledgerRows deliveries in the ledger when the rate is measured again
 * @param seed decides the deals
 */
public record DeliveryPlan(
        int deals,
        int events,
        int rounds,
        int seconds,
        int poisonDeals,
        int poisonEvents,
        int disturbances,
        int ledgerRows,
        long seed) {

    /** Of events that come before the clock starts: the caches are warm then, and all parts at work. */
    static final double WARM_UP = 0.3;

    /** How many deliveries come first, unmeasured: until then the JIT compilers take most of the processors. */
    int warmUpEvents() {
        return events;
    }
}
