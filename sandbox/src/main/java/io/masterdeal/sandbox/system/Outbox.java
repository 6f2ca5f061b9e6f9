package io.masterdeal.sandbox.system;

/** Receives the events of a system, atomically with their changes. */
@FunctionalInterface
public interface Outbox {
    /**
     * Adds an event. Does not block; the outbox is responsible for sending it.
     *
     * @param emission the event
     */
    void emit(Emission emission);
}
