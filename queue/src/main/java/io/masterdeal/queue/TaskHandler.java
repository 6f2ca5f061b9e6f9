package io.masterdeal.queue;

/**
 * Does the work of tasks. Called by several threads at once.
 *
 * <p><b>A task may come more than once</b>, after a crash even when its work was done. So what a handler does a second time
 * must do no harm: by the id of the task the receiver of the work can tell.
 */
@FunctionalInterface
public interface TaskHandler {

    /**
     * Does the work. If it takes longer than {@link QueueSettings#handlerTimeout()}, the thread is interrupted, and the task
     * counts as failed.
     *
     * @param delivery the task
     * @return what came of it
     * @throws Exception if it did not work; the same as {@link TaskOutcome.Retry} without a time
     */
    TaskOutcome handle(TaskDelivery delivery) throws Exception;
}
