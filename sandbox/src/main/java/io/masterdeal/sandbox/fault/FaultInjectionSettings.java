package io.masterdeal.sandbox.fault;

/**
 * How often a system does something wrong. All but the seed are percent, 0 to 100.
 *
 * @param seed what happens to the how manieth event follows from it
 * @param lose of events: never told, though what they tell did happen
 * @param duplicate of events: told a second time some seconds later
 * @param reorder of events: told after some later ones of the domain
 * @param delay of events: told some seconds later
 * @param slow of requests: answered some seconds later
 * @param fail of requests: answered with 503, half of them although what was asked for was done
 * @param down of the time: the system is away, three seconds at a time, evenly spread; it answers 503 and tells nothing
 */
public record FaultInjectionSettings(
        long seed, double lose, double duplicate, double reorder, double delay, double slow, double fail, double down) {
    /** All goes well. */
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
