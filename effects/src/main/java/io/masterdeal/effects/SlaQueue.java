package io.masterdeal.effects;

import io.masterdeal.effects.AttemptQueue.Attempt;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.queue.Task;
import io.masterdeal.queue.TaskQueue;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The task queue that tells of warnings and breaches for which Task-Tracker is to have a task. */
final class SlaQueue {

    private static final String TYPE = "sla.";

    private final OpeningQueue opening;

    /**
     * @param opening opens the queue, and waits for its broker
     */
    SlaQueue(Supplier<TaskQueue> opening) {
        this.opening = new OpeningQueue("sla-queue", opening);
    }

    /** Begins to open the queue, and makes the first attempt of each effect that it tells of. */
    void start(Attempt attempt) {
        opening.start(delivery -> attempt.make(effect(delivery.task().payload())));
    }

    private static String effect(String payload) {
        try {
            return JsonMapper.shared().readTree(payload).path("effect").stringValue("");
        } catch (JacksonException _) {
            return "";
        }
    }

    /** Whether the queue is open. */
    boolean isOpen() {
        return opening.queue() != null;
    }

    /**
     * Tells of warnings and breaches if the transaction commits. While the queue is not open it tells nothing, and only the rows of the
     * effects say what is to be done.
     */
    void send(Connection transaction, Collection<SlaTasks.Task> told) {
        TaskQueue queue = opening.queue();
        if (queue != null) {
            queue.sendAllAt(transaction, told.stream().map(SlaQueue::task).toList(), Instant.now());
        }
    }

    private static Task task(SlaTasks.Task told) {
        return new Task(told.id(), TYPE + told.kind(), TrackerTask.json(told).toString(), Map.of());
    }

    /** Takes no more tasks and waits for the attempts under way. */
    void stop() throws InterruptedException {
        opening.stop();
    }
}
