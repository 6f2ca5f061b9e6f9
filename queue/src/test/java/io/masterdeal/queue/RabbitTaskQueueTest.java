package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The task queue over RabbitMQ, with quorum queues. */
class RabbitTaskQueueTest extends TaskQueueContract {

    @Override
    TestBroker broker() {
        return Servers.rabbit();
    }

    @Test
    void a_queue_of_another_type_is_refused_with_advice() throws Exception {
        // given a queue that counts no deliveries
        QueueSettings settings = settings();
        Map<String, String> told = new HashMap<>(broker().settings());
        told.put("masterdeal.queue.rabbitmq.queue-type", "classic");
        TaskQueues.broker(told::get, Map.of())
                .open(settings.name(), settings.handlerTimeout())
                .close();

        // then
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("has a queue " + settings.name() + " with other arguments")
                .hasMessageContaining("x-delivery-limit=10");
    }
}
