package io.masterdeal.queue;

import java.time.Instant;

/**
 * A task that was given up.
 *
 * @param task the task
 * @param reason a code: {@code rejected} by the handler, {@code gave-up} after as many attempts as there may be, {@code died}
 *     when the last of them did not end, {@code unreadable} if it was no task of ours, {@code refused} if the broker does not
 *     take it
 * @param detail the words of who gave it up
 * @param attempts how often a handler was given it
 * @param firstAt when it was first handed to the queue
 * @param deadAt when it was given up
 */
public record DeadLetter(Task task, String reason, String detail, int attempts, Instant firstAt, Instant deadAt) {}
