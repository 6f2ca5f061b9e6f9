package io.masterdeal.queue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A handler that records its deliveries. */
final class RecordingHandler implements TaskHandler {

    private final List<TaskDelivery> deliveries = new CopyOnWriteArrayList<>();

    private final List<Instant> times = new CopyOnWriteArrayList<>();

    private final Function<TaskDelivery, TaskOutcome> answer;

    RecordingHandler(Function<TaskDelivery, TaskOutcome> answer) {
        this.answer = answer;
    }

    static RecordingHandler done() {
        return new RecordingHandler(_ -> TaskOutcome.done());
    }

    @Override
    public TaskOutcome handle(TaskDelivery delivery) {
        synchronized (this) {
            deliveries.add(delivery);
            times.add(Instant.now());
        }
        return answer.apply(delivery);
    }

    List<TaskDelivery> deliveries() {
        return deliveries;
    }

    List<UUID> ids() {
        return deliveries.stream().map(each -> each.task().id()).toList();
    }

    List<Integer> attempts() {
        return deliveries.stream().map(TaskDelivery::attempt).toList();
    }

    /** When it was first given this task. */
    Instant timeOf(Task task) {
        return times.get(ids().indexOf(task.id()));
    }

    List<Instant> times() {
        return times;
    }
}
