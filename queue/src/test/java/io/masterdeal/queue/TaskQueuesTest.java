package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.kafka.KafkaBrokerSettings;
import io.masterdeal.queue.rabbitmq.QueueType;
import io.masterdeal.queue.rabbitmq.RabbitBrokerSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The broker is chosen by configuration. */
class TaskQueuesTest {

    private static final Map<String, String> KAFKA = Map.of("bootstrap.servers", "127.0.0.1:9092");

    private static final Map<String, String> RABBIT = Map.of(
            "masterdeal.queue.kind", "rabbitmq",
            "masterdeal.queue.rabbitmq.uri", "amqp://rabbit:5672",
            "masterdeal.queue.rabbitmq.username", "u",
            "masterdeal.queue.rabbitmq.password", "secret");

    @Test
    void Kafka_is_the_default() {
        assertThat(TaskQueues.broker(_ -> null, KAFKA)).isEqualTo(new KafkaBrokerSettings(KAFKA, 1, 1));
    }

    @Test
    void RabbitMQ_is_used_if_it_is_set_and_the_password_is_not_shown() {
        assertThat(TaskQueues.broker(RABBIT::get, Map.of()))
                .isEqualTo(new RabbitBrokerSettings("amqp://rabbit:5672", "u", "secret", QueueType.AUTO))
                .hasToString("RabbitMQ at amqp://rabbit:5672");
    }

    @Test
    void an_invalid_setting_is_reported_by_name() {
        assertThatThrownBy(() -> TaskQueues.broker(Map.of(TaskQueues.KIND, "rabbit")::get, KAFKA))
                .isInstanceOf(BrokerException.class)
                .hasMessage("masterdeal.queue.kind is kafka or rabbitmq, not 'rabbit'");
        assertThatThrownBy(() -> TaskQueues.broker(Map.of("masterdeal.queue.kafka.partitions", "0")::get, KAFKA))
                .hasMessage("masterdeal.queue.kafka.partitions is a number from 1 on, not '0'");
        assertThatThrownBy(() -> TaskQueues.broker(_ -> null, Map.of())).hasMessageContaining("bootstrap.servers");
        assertThatThrownBy(() -> TaskQueues.broker(Map.of(TaskQueues.KIND, "rabbitmq")::get, Map.of()))
                .hasMessageContaining("masterdeal.queue.rabbitmq.uri");
        assertThatThrownBy(() -> QueueSettings.of("Upper")).hasMessageContaining("masterdeal.queue: name is");
    }
}
