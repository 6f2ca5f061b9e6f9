package io.masterdeal.effects;

import io.masterdeal.queue.Task;
import io.masterdeal.queue.TaskOutcome;
import io.masterdeal.queue.TaskQueue;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** The task queue for the second and later attempts of effects, in any process that has room for them. */
final class AttemptQueue implements NextAttempt {

    private static final String TYPE = "effect-attempt";

    private final OpeningQueue opening;

    /**
     * @param opening opens the queue, and waits for its broker
     */
    AttemptQueue(Supplier<TaskQueue> opening) {
        this.opening = new OpeningQueue("effect-queue", opening);
    }

    /** Makes an attempt if the effect is due. */
    @FunctionalInterface
    interface Attempt {

        /** Returns whether there is such an effect. */
        boolean make(UUID effect) throws InterruptedException;

        /** The same for an id as a task has it. */
        default TaskOutcome make(String effect) throws InterruptedException {
            UUID id;
            try {
                id = UUID.fromString(effect);
            } catch (IllegalArgumentException _) {
                return TaskOutcome.reject("the payload has no id of an effect");
            }
            return make(id)
                    ? TaskOutcome.done()
                    : TaskOutcome.reject("there is no such effect: does another platform use this queue?");
        }
    }

    /** Begins to open the queue, and makes the attempts whose tasks it delivers. */
    void start(Attempt attempt) {
        opening.start(delivery -> attempt.make(delivery.task().payload()));
    }

    /** Whether the queue is open. */
    boolean isOpen() {
        return opening.queue() != null;
    }

    @Override
    public void at(UUID effect, Instant due) {
        TaskQueue queue = opening.queue();
        if (queue == null) {
            return; // The row of the effect says when it is due, and the sweep reads it.
        }
        // Each attempt has a task of its own: with the effect's id it could collide with the row of the previous one,
        // which is
        // not deleted yet.
        queue.sendAt(Task.of(TYPE, effect.toString()), due);
    }

    /** Takes no more tasks and waits for the attempts under way. Their results and their next tasks are still stored. */
    void stop() throws InterruptedException {
        opening.stop();
    }
}
