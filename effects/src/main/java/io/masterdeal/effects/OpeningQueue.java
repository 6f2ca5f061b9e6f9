package io.masterdeal.effects;

import io.masterdeal.queue.TaskHandler;
import io.masterdeal.queue.TaskQueue;
import io.masterdeal.worker.Workers;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task queue that is opened in the background, with retries while its broker is away: facts are taken in and effects sent
 * meanwhile, and the sweep of the dispatcher finds what is due.
 */
final class OpeningQueue {

    private static final Logger log = LoggerFactory.getLogger(OpeningQueue.class);

    private static final long OPEN_AGAIN_S = 30;

    private final String name;

    private final Supplier<TaskQueue> opening;

    private Thread thread = new Thread();

    private volatile @Nullable TaskQueue open;

    private volatile boolean stopped;

    /**
     * @param name of its thread
     * @param opening opens the queue, and waits for its broker
     */
    OpeningQueue(String name, Supplier<TaskQueue> opening) {
        this.name = name;
        this.opening = opening;
    }

    /** Begins to open the queue, and handles its tasks. */
    void start(TaskHandler handler) {
        thread = Workers.virtual(name, () -> open(handler));
        thread.start();
    }

    private void open(TaskHandler handler) {
        while (!stopped) {
            try {
                keep(opening.get(), handler);
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "{}: the task queue cannot be opened, so effects may be sent a little late; tried again in {} s: {}",
                        name,
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

    private void keep(TaskQueue queue, TaskHandler handler) {
        if (stopped) {
            queue.close();
            return;
        }
        queue.handle(handler);
        open = queue;
    }

    /** The queue; null while it is not open. */
    @Nullable
    TaskQueue queue() {
        return open;
    }

    /** Takes no more tasks and waits for the handlers at work, which may still send. */
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
