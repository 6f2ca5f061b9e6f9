package io.masterdeal.queue.broker;

import java.time.Duration;

/** Receives messages until it is closed. */
public interface Receiver {

    /**
     * Receives nothing more and waits for the messages that are being handled; those not finished in time are interrupted and
     * released. Closing again does nothing.
     *
     * @param patience how long to wait
     * @throws InterruptedException if this thread is interrupted
     */
    void close(Duration patience) throws InterruptedException;
}
