package io.masterdeal.queue;

/**
 * Does the work of tasks. Called by several threads at the same time.
 *
 * <p><b>A task may be delivered more than once</b>, after a crash even if its work was done. So handlers must be idempotent;
 * the id of the task identifies it.
 */
@FunctionalInterface
public interface TaskHandler {

    /**
     * Does the work. If it takes longer than {@link QueueSettings#handlerTimeout()}, the thread is interrupted, and the task
     * counts as failed.
     *
     * @param delivery the task
     * @return the result
     * @throws Exception if the attempt failed; the same as {@link TaskOutcome.Retry} without a time
     */
    TaskOutcome handle(TaskDelivery delivery) throws Exception;
}
