package io.masterdeal.queue.broker;

import java.util.List;
import java.util.Map;

/** One queue of a broker. */
public interface BrokerQueue extends AutoCloseable {

    /**
     * Publishes messages and waits until the broker has confirmed each of them, or the time for that is over.
     *
     * @param messages what to publish, in this order
     * @return the problems by index in the list; empty if the broker confirmed all. A message with a problem may have arrived
     *     nevertheless
     * @throws InterruptedException if this thread is interrupted; what was published may have arrived
     */
    Map<Integer, String> publish(List<BrokerMessage> messages) throws InterruptedException;

    /**
     * Receives messages from now on. If the broker becomes unavailable this is tried again, until the receiver is closed.
     *
     * @param atOnce how many are handled at the same time at most
     * @param handler is given the messages
     * @return ends receiving when it is closed
     */
    Receiver receive(int atOnce, MessageHandler handler);

    /**
     * How many times the broker delivers a message before it drops it, as it is set at the broker.
     *
     * @return the limit
     * @throws BrokerException if the broker does not answer
     */
    int deliveryLimit();

    /** Closes the connections. */
    @Override
    void close();
}
