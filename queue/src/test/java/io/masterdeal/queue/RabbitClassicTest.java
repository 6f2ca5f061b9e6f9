package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The task queue over a RabbitMQ without quorum queues, which counts no deliveries. */
class RabbitClassicTest extends QueueCase {

    @Override
    TestBroker broker() {
        return new Classic(Servers.rabbit());
    }

    private record Classic(TestBroker server) implements TestBroker {

        @Override
        public Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>(server.settings());
            settings.put("masterdeal.queue.rabbitmq.queue-type", "classic");
            return settings;
        }

        @Override
        public Map<String, String> kafkaClient() {
            return Map.of();
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void stop() {
            server.stop();
        }
    }

    @Test
    void a_task_that_kills_each_process_is_counted_by_the_queue_and_given_up() throws Exception {
        // given
        QueueSettings settings = settings().withAttempts(2);
        TaskQueue queue = open(settings);
        queue.send(Task.of("stuck", ""));

        // when two processes are killed
        for (int i = 0; i < 2; i++) {
            HandlerProcess process = process(settings);
            eventually().until(() -> !process.began().isEmpty());
            process.kill();
        }
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);

        // then
        eventually().until(() -> !queue.deadLetters(10).isEmpty());
        assertThat(queue.deadLetters(10).getFirst().reason()).isEqualTo("died");
        assertThat(queue.deadLetters(10).getFirst().attempts()).isGreaterThanOrEqualTo(2);
        assertThat(handled.ids()).isEmpty();
    }
}
