package io.masterdeal.queue;

import io.masterdeal.queue.broker.BrokerQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Publishes tasks to any broker. */
final class BrokeredTaskSender implements TaskSender {

    private final String queue;

    private final BrokerQueue broker;

    private final QueueMeters meters;

    private final Clock clock;

    private volatile boolean closed;

    BrokeredTaskSender(String queue, BrokerQueue broker, QueueMeters meters, Clock clock) {
        this.queue = queue;
        this.broker = broker;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void send(Task task) {
        if (closed) {
            throw new QueueException("the queue " + queue + " is closed", null);
        }
        Instant now = clock.instant();
        try {
            Map<Integer, String> problems =
                    broker.publish(List.of(TaskCodec.write(new WaitingTask(task, 0, now, now))));
            if (!problems.isEmpty()) {
                throw new QueueException(
                        "the broker did not confirm task %s of the queue %s: %s"
                                .formatted(task.id(), queue, problems.get(0)),
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueException("interrupted while task " + task.id() + " was sent", e);
        }
        meters.sent(1);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            broker.close();
        }
    }
}
