package io.masterdeal.queue.servers;

import java.util.Map;

/** A real broker that a test may stop and start again: it keeps its address and its data. */
public interface TestBroker {

    /** The settings to use it, by the names that {@code TaskQueues.broker} reads. */
    Map<String, String> settings();

    /** The settings of Kafka clients; empty if it is not Kafka. */
    Map<String, String> kafkaClient();

    /** Starts it, if it is stopped. */
    void start();

    /** Stops it, if it runs. */
    void stop();
}
