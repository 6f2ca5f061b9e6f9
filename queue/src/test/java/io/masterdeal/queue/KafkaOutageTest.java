package io.masterdeal.queue;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The task queue while Kafka is away. */
@ResourceLock("kafka")
class KafkaOutageTest extends OutageContract {

    private final TestBroker broker = Servers.kafka();

    @Override
    TestBroker broker() {
        return broker;
    }
}
