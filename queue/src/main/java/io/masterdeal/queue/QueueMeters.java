package io.masterdeal.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The metrics of one queue. */
final class QueueMeters {

    private final Counter sent;

    private final Counter done;

    private final Counter retried;

    private final Counter dead;

    private final Counter redelivered;

    private final Counter duplicates;

    QueueMeters(MeterRegistry registry, String queue) {
        sent = counter(registry, "masterdeal.queue.sent", "Tasks that the broker accepted", queue);
        done = handled(registry, queue, "done");
        retried = handled(registry, queue, "retried");
        dead = handled(registry, queue, "dead");
        redelivered = counter(
                registry,
                "masterdeal.queue.redelivered",
                "Tasks that the broker delivered again because they were not acknowledged",
                queue);
        duplicates = counter(
                registry,
                "masterdeal.queue.duplicates",
                "Attempts that were stored already when they were to be stored",
                queue);
    }

    private static Counter handled(MeterRegistry registry, String queue, String outcome) {
        return Counter.builder("masterdeal.queue.handled")
                .description("Attempts to handle a task, by outcome")
                .tag("queue", queue)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String queue) {
        return Counter.builder(name)
                .description(description)
                .tag("queue", queue)
                .register(registry);
    }

    void sent(int howMany) {
        sent.increment(howMany);
    }

    void done() {
        done.increment();
    }

    void retried() {
        retried.increment();
    }

    void dead() {
        dead.increment();
    }

    void redelivered() {
        redelivered.increment();
    }

    void duplicate() {
        duplicates.increment();
    }
}
