package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import java.time.Instant;

/** Looks on while the facts of a deal are folded in order of time. */
public interface FoldListener {

    /** A fact is folded; the instant at which it occurred follows. */
    void onFact(Fact fact);

    /**
     * All facts of one instant are folded.
     *
     * @param instant how the deal stands; valid during this call only
     */
    void onInstant(DealInstant instant);

    /**
     * A checkpoint is made: all facts up to and including that instant are folded, and those after it follow.
     *
     * @param at the instant of the checkpoint, UTC
     */
    default void onCheckpoint(Instant at) {}
}
