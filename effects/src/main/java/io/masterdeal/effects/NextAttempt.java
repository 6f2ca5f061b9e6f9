package io.masterdeal.effects;

import java.time.Instant;
import java.util.UUID;

/** Sees to it that an effect comes to its next attempt. */
@FunctionalInterface
interface NextAttempt {

    /**
     * Keeps a task for it, in the transaction that is bound to this thread: what is noted of the attempt before and the task for
     * the next are there together, or neither is. While the queue is not open there is no task, and the effect's row alone says
     * when.
     *
     * @param effect its id
     * @param due when it is its turn, by PostgreSQL's clock
     */
    void at(UUID effect, Instant due);
}
