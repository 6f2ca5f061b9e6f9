package io.masterdeal.queue;

import java.time.Instant;

/**
 * A task that waits for its next attempt.
 *
 * @param task the task
 * @param attempts how many times a handler was given it so far
 * @param firstAt when it was first handed to the queue
 * @param dueAt when the next attempt is due
 */
record WaitingTask(Task task, int attempts, Instant firstAt, Instant dueAt) {}
