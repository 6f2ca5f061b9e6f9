package io.masterdeal.sandbox.call;

import java.time.Duration;
import java.util.Optional;

/** Stages of deals that a system knows from notifications. */
@FunctionalInterface
public interface NotifiedStages {

    /** No notifications. */
    NotifiedStages NONE = deal -> Optional.empty();

    /**
     * The last notification about a deal.
     *
     * @param stage the stage
     * @param revision the revision of the answer
     * @param age how long ago it arrived
     */
    record Notified(String stage, long revision, Duration age) {}

    /**
     * The last notification about a deal.
     *
     * @param deal its key
     * @return empty if there was none
     */
    Optional<Notified> of(String deal);
}
