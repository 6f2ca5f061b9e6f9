package io.masterdeal.router.delivery;

import io.masterdeal.queue.TaskQueues;
import io.masterdeal.queue.TaskSender;
import io.masterdeal.queue.broker.BrokerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The task queues that subscriptions send to. Each is opened when it is first needed, and stays open until this is closed. */
public final class SinkQueues implements AutoCloseable {

    private final BrokerSettings broker;

    private final MeterRegistry meters;

    private final Map<String, TaskSender> open = new ConcurrentHashMap<>();

    /**
     * @param broker the broker of the queues
     * @param meters receives the metrics
     */
    public SinkQueues(BrokerSettings broker, MeterRegistry meters) {
        this.broker = broker;
        this.meters = meters;
    }

    /**
     * The sender to a queue.
     *
     * @throws io.masterdeal.queue.broker.BrokerException if it cannot be opened now
     */
    TaskSender of(String name) {
        return open.computeIfAbsent(name, it -> TaskQueues.openToSend(broker, it, meters));
    }

    @Override
    public void close() {
        open.values().forEach(TaskSender::close);
    }
}
