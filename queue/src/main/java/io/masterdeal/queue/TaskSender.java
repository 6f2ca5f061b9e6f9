package io.masterdeal.queue;

/** Sends tasks to a queue whose tasks are handled elsewhere. Thread-safe. */
public interface TaskSender extends AutoCloseable {

    /**
     * Sends a task, to be handled as soon as possible. When this returns, the broker has stored it durably.
     *
     * @param task the task
     * @throws QueueException if the broker did not confirm it within 10 s
     */
    void send(Task task);

    /** Closes the connections. Closing again does nothing. */
    @Override
    void close();
}
