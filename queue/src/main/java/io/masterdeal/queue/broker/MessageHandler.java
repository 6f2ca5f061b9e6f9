package io.masterdeal.queue.broker;

/** Does the work of a message. Called by several threads at once. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Returns when the work is over, within the time that was agreed with the broker.
     *
     * @param received what was handed out
     * @return what is to become of the message
     * @throws InterruptedException if the receiver is closed and does not want to wait any more; the message is released then
     */
    Acknowledgement handle(ReceivedMessage received) throws InterruptedException;
}
