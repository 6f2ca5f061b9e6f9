package io.masterdeal.queue.broker;

import java.util.List;
import java.util.Map;

/** One queue of a broker. */
public interface BrokerQueue extends AutoCloseable {

    /**
     * Publishes messages and waits until the broker has each of them safely, or it is clear that it will not say so in time.
     *
     * @param messages what to publish, in this order
     * @return the problems by index in the list; empty if the broker has all. A message with a problem may have arrived all the
     *     same
     * @throws InterruptedException if this thread is interrupted; what was published may have arrived
     */
    Map<Integer, String> publish(List<BrokerMessage> messages) throws InterruptedException;

    /**
     * Begins to hand out messages. If the broker goes away this is tried again, until the receiver is closed.
     *
     * @param atOnce how many may be under way at once
     * @param handler gets them
     * @return to end it
     */
    Receiver receive(int atOnce, MessageHandler handler);

    /**
     * How often the broker hands out a message before it gives it up by itself, as it is set at the broker.
     *
     * @return a number of deliveries
     * @throws BrokerException if the broker does not tell
     */
    int deliveryLimit();

    /** Ends the connections. */
    @Override
    void close();
}
