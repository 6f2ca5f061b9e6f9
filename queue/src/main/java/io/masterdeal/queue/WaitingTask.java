package io.masterdeal.queue;

import java.time.Instant;

/**
 * A task before an attempt.
 *
 * @param task the task
 * @param attempts how often a handler was given it so far
 * @param firstAt when it was first handed to the queue
 * @param dueAt when the next attempt is due
 */
record WaitingTask(Task task, int attempts, Instant firstAt, Instant dueAt) {}
