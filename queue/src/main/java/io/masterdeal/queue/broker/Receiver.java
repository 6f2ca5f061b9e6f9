package io.masterdeal.queue.broker;

import java.time.Duration;

/** Hands out messages, until it is closed. */
public interface Receiver {

    /**
     * Hands out nothing more and waits for what is under way; what is not over then is interrupted and released. Closing again
     * does nothing.
     *
     * @param patience how long to wait
     * @throws InterruptedException if this thread is interrupted
     */
    void close(Duration patience) throws InterruptedException;
}
