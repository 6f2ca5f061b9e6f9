package io.masterdeal.sandbox.fault;

/**
 * How often the faults of a system occur. All but the seed are percentages, 0 to 100.
 *
 * @param seed determines which event or request has which fault
 * @param lose of events: the change happens, but the event is never sent
 * @param duplicate of events: sent a second time some seconds later
 * @param reorder of events: sent after some later ones of the domain
 * @param delay of events: sent some seconds later
 * @param slow of requests: answered some seconds later
 * @param fail of requests: answered with 503, half of them although they were performed
 * @param down of the time: the system is down, three seconds at a time, evenly spread; it answers 503 and sends no events
 */
public record FaultInjectionSettings(
        long seed, double lose, double duplicate, double reorder, double delay, double slow, double fail, double down) {
    /** No faults. */
    public static final FaultInjectionSettings NONE = new FaultInjectionSettings(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Checks the percentages.
     *
     * @throws IllegalArgumentException if one is not 0 to 100
     */
    public FaultInjectionSettings {
        for (double percent : new double[] {lose, duplicate, reorder, delay, slow, fail, down}) {
            if (!(percent >= 0 && percent <= 100)) {
                throw new IllegalArgumentException("a percentage is 0 to 100, not " + percent);
            }
        }
    }
}
