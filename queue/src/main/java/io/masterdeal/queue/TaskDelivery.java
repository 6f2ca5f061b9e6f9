package io.masterdeal.queue;

import java.time.Instant;

/**
 * A task as a handler gets it.
 *
 * @param task the task
 * @param attempt the number of this attempt, from 1. An attempt also counts if the process was killed during it, or may have
 *     been
 * @param firstAt when it was first handed to the queue
 * @param dueAt when this attempt was due: the time it was sent for, or to be tried again at; {@code firstAt} if it was sent
 *     without a time
 */
public record TaskDelivery(Task task, int attempt, Instant firstAt, Instant dueAt) {}
