package io.masterdeal.queue;

import java.time.Instant;

/**
 * A task that was given up.
 *
 * @param task the task
 * @param reason a code: {@code rejected} by the handler, {@code gave-up} after the last attempt, {@code died} if the last
 *     attempt did not end, {@code unreadable} if the message is not a task
 * @param detail in words
 * @param attempts how many times a handler was given it
 * @param firstAt when it was first handed to the queue
 * @param deadAt when it was given up
 */
public record DeadLetter(Task task, String reason, String detail, int attempts, Instant firstAt, Instant deadAt) {}
