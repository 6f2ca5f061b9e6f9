package io.masterdeal.queue;

/** Sends tasks to a queue that others handle. It may be used by many threads. */
public interface TaskSender extends AutoCloseable {

    /**
     * Sends a task, to be handled as soon as possible. When this returns the broker has it safely.
     *
     * @param task the task
     * @throws QueueException if the broker did not say within 10 s that it has it
     */
    void send(Task task);

    /** Ends the connections. Closing again does nothing. */
    @Override
    void close();
}
