package io.masterdeal.queue;

import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A queue of tasks. It guarantees that an accepted task is handled at least once or becomes a dead letter, whatever process or
 * server is killed. A task may be handled more than once. No order is guaranteed.
 *
 * <p>One object for each queue and process. Thread-safe.
 */
public interface TaskQueue extends TaskSender {

    /**
     * Stores a task until it is due. It takes part in the transaction that Spring has bound to this thread, if there is one for
     * the same data source: then the task is sent only if that commits. A task that is waiting already and was never tried is
     * not stored a second time.
     *
     * @param task the task
     * @param dueAt when to send it at the earliest; if this is in the past it is sent immediately
     * @throws org.springframework.dao.DataAccessException if PostgreSQL does not store it
     */
    void sendAt(Task task, Instant dueAt);

    /**
     * The same in the transaction of a connection whose {@code search_path} leads to the tables of the queue. If it commits
     * after the task is due, the task may be sent up to a second later.
     *
     * @param transaction neither committed nor closed here
     * @param task the task
     * @param dueAt when to send it at the earliest
     * @throws org.springframework.dao.DataAccessException if PostgreSQL does not keep it
     */
    void sendAt(Connection transaction, Task task, Instant dueAt);

    /**
     * The same for many tasks, in one round trip.
     *
     * @param transaction neither committed nor closed here
     * @param tasks may be empty
     * @param dueAt when to send them at the earliest
     * @throws org.springframework.dao.DataAccessException if PostgreSQL does not keep them
     */
    void sendAllAt(Connection transaction, Collection<Task> tasks, Instant dueAt);

    /**
     * Handles tasks from now on, until the queue is closed. May be called once.
     *
     * @param handler does the work
     * @throws IllegalStateException if there is a handler already, or the queue is closed
     */
    void handle(TaskHandler handler);

    /**
     * The oldest dead letters.
     *
     * @param atMost how many
     * @return in the order in which they became dead letters
     */
    List<DeadLetter> deadLetters(int atMost);

    /**
     * Sends a dead letter again; its attempts are counted from the start.
     *
     * @param taskId the id of the task
     * @return whether it was there
     */
    boolean redrive(UUID taskId);

    /**
     * Deletes a dead letter.
     *
     * @param taskId the id of the task
     * @return whether it was there
     */
    boolean discard(UUID taskId);

    /** How many tasks wait until they are due. */
    long waiting();

    /**
     * How many times the broker delivers a task before it drops it. The queue never lets this happen.
     *
     * @return the limit that is set at the broker
     */
    int brokerDeliveryLimit();

    /**
     * Accepts nothing more, waits for the handlers up to their timeout, and closes the connections. A handler that is still
     * running then is interrupted, and its task is handled again by another process. Closing again does nothing.
     */
    @Override
    void close();
}
