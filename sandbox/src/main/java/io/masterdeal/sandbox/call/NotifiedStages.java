package io.masterdeal.sandbox.call;

import java.time.Duration;
import java.util.Optional;

/** Stages of deals of which a system was told without asking. */
@FunctionalInterface
public interface NotifiedStages {

    /** Nobody tells anything. */
    NotifiedStages NONE = deal -> Optional.empty();

    /**
     * What was heard of a deal last.
     *
     * @param stage where it stood
     * @param revision of the answer
     * @param age how long ago that was heard
     */
    record Notified(String stage, long revision, Duration age) {}

    /**
     * What was heard of a deal.
     *
     * @param deal its key
     * @return empty if nothing was heard
     */
    Optional<Notified> of(String deal);
}
