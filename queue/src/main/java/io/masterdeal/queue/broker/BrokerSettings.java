package io.masterdeal.queue.broker;

import java.time.Duration;

/** The settings of a broker. Each adapter has its own. */
public interface BrokerSettings {

    /**
     * Connects, and creates the queue if it does not exist yet.
     *
     * @param queue the name of the queue
     * @param longestWork how long the work of one message may take; after that the broker may deliver it to another receiver
     * @return the queue
     * @throws BrokerException if the broker does not answer within 30 s, or is not set up for task queues
     */
    BrokerQueue open(String queue, Duration longestWork);

    /**
     * Connects only to publish, and creates the queue if it does not exist yet. The settings for delivering its messages are
     * left to those who receive them.
     *
     * @param queue the name of the queue
     * @return the queue
     * @throws BrokerException if the broker does not answer within 30 s, or is not set up for task queues
     */
    BrokerQueue openToSend(String queue);
}
