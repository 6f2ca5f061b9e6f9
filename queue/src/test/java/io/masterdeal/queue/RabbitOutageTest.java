package io.masterdeal.queue;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;

/** The task queue while RabbitMQ is away. */
class RabbitOutageTest extends OutageContract {

    private final TestBroker broker = Servers.rabbit();

    @Override
    TestBroker broker() {
        return broker;
    }
}
