package io.masterdeal.effects;

import java.time.Instant;
import java.util.UUID;

/** Schedules the next attempt of an effect. */
@FunctionalInterface
interface NextAttempt {

    /**
     * Stores a task for it, in the transaction that is bound to this thread: the result of the previous attempt and the task for
     * the next one are committed together. While the queue is not open there is no task, and only the effect's row says when.
     *
     * @param effect its id
     * @param due when it is due, by PostgreSQL's clock
     */
    void at(UUID effect, Instant due);
}
