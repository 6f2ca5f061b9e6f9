package io.masterdeal.queue.broker;

/** Does the work of a message. Called by several threads at the same time. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Does the work, within the time that was given when the queue was opened.
     *
     * @param received the message
     * @return what to tell the broker about the message
     * @throws InterruptedException if the receiver is closed and waits no longer; the message is released then
     */
    Acknowledgement handle(ReceivedMessage received) throws InterruptedException;
}
