package io.masterdeal.sandbox.call;

import java.time.Duration;
import java.util.Optional;

/** Where deals stand, as a system knows it from notifications: their stage and their clocks. */
@FunctionalInterface
public interface NotifiedStages {

    /** No notifications. */
    NotifiedStages NONE = deal -> Optional.empty();

    /**
     * The last notification about a deal.
     *
     * @param standing the stage and the clocks
     * @param revision the revision of the answer
     * @param age how long ago it arrived
     */
    record Notified(DealStanding standing, long revision, Duration age) {}

    /**
     * The last notification about a deal.
     *
     * @param deal its key
     * @return empty if there was none
     */
    Optional<Notified> of(String deal);
}
