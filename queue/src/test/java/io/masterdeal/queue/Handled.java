package io.masterdeal.queue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A handler that remembers what it was given. */
final class Handled implements TaskHandler {

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    private final List<Instant> times = new CopyOnWriteArrayList<>();

    private final Function<Delivery, Outcome> answer;

    Handled(Function<Delivery, Outcome> answer) {
        this.answer = answer;
    }

    static Handled done() {
        return new Handled(_ -> Outcome.done());
    }

    @Override
    public Outcome handle(Delivery delivery) {
        synchronized (this) {
            deliveries.add(delivery);
            times.add(Instant.now());
        }
        return answer.apply(delivery);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    List<UUID> ids() {
        return deliveries.stream().map(each -> each.task().id()).toList();
    }

    List<Integer> attempts() {
        return deliveries.stream().map(Delivery::attempt).toList();
    }

    /** When it was first given that task. */
    Instant timeOf(Task task) {
        return times.get(ids().indexOf(task.id()));
    }

    List<Instant> times() {
        return times;
    }
}
