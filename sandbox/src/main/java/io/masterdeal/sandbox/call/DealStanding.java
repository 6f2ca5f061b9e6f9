package io.masterdeal.sandbox.call;

import java.util.List;

/**
 * Where a deal stands according to MasterDeal.
 *
 * @param stage its stage; {@code none} if MasterDeal does not know it or does not answer
 * @param sla its clocks; empty if it has none, or they are not known
 */
public record DealStanding(String stage, List<SlaClock> sla) {

    /** Nothing is known. */
    public static final DealStanding UNKNOWN = new DealStanding("none", List.of());

    /** Copies the list. */
    public DealStanding {
        sla = List.copyOf(sla);
    }

    /**
     * Whether a clock is at risk.
     *
     * @return true if one is
     */
    public boolean atRisk() {
        return sla.stream().anyMatch(SlaClock::atRisk);
    }

    /**
     * Whether a clock is breached.
     *
     * @return true if one is
     */
    public boolean breached() {
        return sla.stream().anyMatch(SlaClock::breached);
    }
}
