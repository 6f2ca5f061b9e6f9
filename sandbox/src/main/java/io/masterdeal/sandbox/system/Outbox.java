package io.masterdeal.sandbox.system;

/** Where a system puts its events, in the same step as the change they tell. */
@FunctionalInterface
public interface Outbox {
    /**
     * Takes an event. Returns at once: what becomes of it is the outbox's matter.
     *
     * @param emission the event
     */
    void emit(Emission emission);
}
