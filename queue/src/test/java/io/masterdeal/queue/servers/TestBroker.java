package io.masterdeal.queue.servers;

import java.util.Map;

/** A real broker, which a test may stop and start again: it comes back at the same address, with its data. */
public interface TestBroker {

    /** What a process has to be told to use it, by the names that {@code TaskQueues.broker} knows. */
    Map<String, String> settings();

    /** What Kafka's clients need; empty if it is none. */
    Map<String, String> kafkaClient();

    /** Starts it, if it is stopped. */
    void start();

    /** Stops it, if it runs. */
    void stop();
}
