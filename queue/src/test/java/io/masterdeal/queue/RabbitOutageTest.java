package io.masterdeal.queue;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The task queue while RabbitMQ is away. */
@ResourceLock("rabbit")
class RabbitOutageTest extends OutageContract {

    private final TestBroker broker = Servers.rabbit();

    @Override
    TestBroker broker() {
        return broker;
    }
}
