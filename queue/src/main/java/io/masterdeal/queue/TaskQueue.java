package io.masterdeal.queue;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A queue of tasks. What it promises: a task that was taken is handled at least once, or becomes a dead letter, whatever
 * process or server is killed; it may be handled more than once. It promises no order.
 *
 * <p>One object for each queue and process. It may be used by many threads.
 */
public interface TaskQueue extends TaskSender {

    /**
     * Keeps a task until it is due. It takes part in the transaction that Spring has bound to this thread, if there is one
     * for the same data source: then it is sent if that commits, and only then. A task whose id waits already, never tried
     * yet, is not kept a second time.
     *
     * @param task the task
     * @param dueAt when to send it, at the earliest; may be past, then it is sent at once
     * @throws org.springframework.dao.DataAccessException if PostgreSQL does not keep it
     */
    void sendAt(Task task, Instant dueAt);

    /**
     * The same in the transaction of a connection, whose {@code search_path} leads to the tables of the queue. If it commits
     * later than the task is due, up to a second may pass before that is noticed.
     *
     * @param transaction neither committed nor closed here
     * @param task the task
     * @param dueAt when to send it, at the earliest
     * @throws org.springframework.dao.DataAccessException if PostgreSQL does not keep it
     */
    void sendAt(Connection transaction, Task task, Instant dueAt);

    /**
     * Begins to handle tasks, until the queue is closed. May be called once.
     *
     * @param handler does the work
     * @throws IllegalStateException if there is a handler, or the queue is closed
     */
    void handle(TaskHandler handler);

    /**
     * The oldest dead letters.
     *
     * @param atMost how many
     * @return the first to die first
     */
    List<DeadLetter> deadLetters(int atMost);

    /**
     * Sends a dead letter once more, with all its attempts.
     *
     * @param taskId the id of the task
     * @return whether it was there
     */
    boolean redrive(UUID taskId);

    /**
     * Throws a dead letter away.
     *
     * @param taskId the id of the task
     * @return whether it was there
     */
    boolean discard(UUID taskId);

    /** How many tasks wait for their time. */
    long waiting();

    /**
     * How often the broker hands out a task by itself before it drops it. The queue never lets it come to that.
     *
     * @return a number of deliveries, as the broker has it
     */
    int brokerDeliveryLimit();

    /**
     * Takes nothing more, waits for the handlers up to their time, and ends the connections. A handler that is not over then
     * is interrupted, and its task is handled again by another process. Closing again does nothing.
     */
    @Override
    void close();
}
