package io.masterdeal.client;

import java.time.Duration;

/** Is told when a client waits before it asks again, and may end that. Called by the thread that publishes; must not block. */
public interface RetryListener {

    /** Hears nothing and never gives up. */
    RetryListener NONE = new RetryListener() {};

    /**
     * A request failed and will be repeated.
     *
     * @param cause why
     * @param open how many events of the request are not decided
     * @param pause how long the client waits before it asks again
     */
    default void waiting(ApiException cause, int open, Duration pause) {}

    /** The events of a request that was repeated are decided. */
    default void recovered() {}

    /**
     * Whether to go on waiting. Asked every 100 ms during a pause.
     *
     * @return false to give up at once
     */
    default boolean goOn() {
        return true;
    }
}
