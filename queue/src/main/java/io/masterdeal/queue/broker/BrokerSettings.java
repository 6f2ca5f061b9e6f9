package io.masterdeal.queue.broker;

import java.time.Duration;

/** Where a broker is. Each adapter has its own. */
public interface BrokerSettings {

    /**
     * Connects, and makes the queue if it is not there yet.
     *
     * @param queue the name of the queue
     * @param longestWork how long the work of one message may take; after that the broker may hand it to another
     * @return the queue
     * @throws BrokerException if the broker does not answer within 30 s, or cannot carry tasks
     */
    BrokerQueue open(String queue, Duration longestWork);

    /**
     * Connects in order to publish only, and makes the queue if it is not there yet. How its messages are handed out is left as
     * who receives them has set it.
     *
     * @param queue the name of the queue
     * @return the queue
     * @throws BrokerException if the broker does not answer within 30 s, or cannot carry tasks
     */
    BrokerQueue openToSend(String queue);
}
