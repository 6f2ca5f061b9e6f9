package io.masterdeal.queue;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;

/** The task queue while Kafka is away. */
class KafkaOutageTest extends OutageContract {

    private final TestBroker broker = Servers.kafka();

    @Override
    TestBroker broker() {
        return broker;
    }
}
