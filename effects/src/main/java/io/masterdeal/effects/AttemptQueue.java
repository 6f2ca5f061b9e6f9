package io.masterdeal.effects;

import io.masterdeal.queue.Task;
import io.masterdeal.queue.TaskDelivery;
import io.masterdeal.queue.TaskOutcome;
import io.masterdeal.queue.TaskQueue;
import io.masterdeal.worker.Workers;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task queue for the second and later attempts of effects, in any process that has room for them. It is opened in the
 * background, with retries while its broker is away: facts are taken in and effects sent meanwhile, and the sweep of the
 * dispatcher finds what is due.
 */
final class AttemptQueue implements NextAttempt {

    private static final Logger log = LoggerFactory.getLogger(AttemptQueue.class);

    private static final long OPEN_AGAIN_S = 30;

    private static final String TYPE = "effect-attempt";

    private final Supplier<TaskQueue> opening;

    private Thread thread = new Thread();

    private volatile @Nullable TaskQueue open;

    private volatile boolean stopped;

    /**
     * @param opening opens the queue, and waits for its broker
     */
    AttemptQueue(Supplier<TaskQueue> opening) {
        this.opening = opening;
    }

    /** Makes an attempt if the effect is due. */
    @FunctionalInterface
    interface Attempt {

        /** Returns whether there is such an effect. */
        boolean make(UUID effect) throws InterruptedException;
    }

    /** Begins to open the queue, and makes the attempts whose tasks it delivers. */
    void start(Attempt attempt) {
        thread = Workers.virtual("effect-queue", () -> open(attempt));
        thread.start();
    }

    private void open(Attempt attempt) {
        while (!stopped) {
            try {
                keep(opening.get(), attempt);
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "the queue by which effects are sent again cannot be opened, so they come a little late;"
                                + " tried again in {} s: {}",
                        OPEN_AGAIN_S,
                        e.getMessage());
            }
            try {
                TimeUnit.SECONDS.sleep(OPEN_AGAIN_S);
            } catch (InterruptedException e) {
                return; // It is stopped.
            }
        }
    }

    private void keep(TaskQueue queue, Attempt attempt) {
        if (stopped) {
            queue.close();
            return;
        }
        queue.handle(delivery -> handle(delivery, attempt));
        open = queue;
    }

    /** Whether the queue is open. */
    boolean isOpen() {
        return open != null;
    }

    @Override
    public void at(UUID effect, Instant due) {
        TaskQueue queue = open;
        if (queue == null) {
            return; // The row of the effect says when it is due, and the sweep reads it.
        }
        // Each attempt has a task of its own: with the effect's id it could collide with the row of the previous one,
        // which is
        // not deleted yet.
        queue.sendAt(Task.of(TYPE, effect.toString()), due);
    }

    private static TaskOutcome handle(TaskDelivery delivery, Attempt attempt) throws InterruptedException {
        UUID effect;
        try {
            effect = UUID.fromString(delivery.task().payload());
        } catch (IllegalArgumentException _) {
            return TaskOutcome.reject("the payload is not the id of an effect");
        }
        return attempt.make(effect)
                ? TaskOutcome.done()
                : TaskOutcome.reject("there is no such effect: does another platform use this queue?");
    }

    /** Takes no more tasks and waits for the attempts under way. Their results and their next tasks are still stored. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
        TaskQueue queue = open;
        if (queue != null) {
            queue.close();
        }
    }
}
