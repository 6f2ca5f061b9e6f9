package io.masterdeal.queue.kafka;

import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.BrokerSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of a Kafka, 4.2 or newer, with share groups.
 *
 * @param client the settings of Kafka clients, including {@code bootstrap.servers}
 * @param partitions of a topic that is created. With one, all consumers share it; with several, each consumer is assigned some,
 *     so that it may be idle while others are overloaded
 * @param replicationFactor of a topic that is created
 */
public record KafkaBrokerSettings(Map<String, String> client, int partitions, int replicationFactor)
        implements BrokerSettings {

    /**
     * @throws BrokerException if there is no {@code bootstrap.servers}
     */
    public KafkaBrokerSettings {
        client = Map.copyOf(client);
        if (client.getOrDefault("bootstrap.servers", "").isBlank()) {
            throw new BrokerException(
                    "the task queue needs bootstrap.servers among the settings of Kafka's clients", null);
        }
    }

    @Override
    public BrokerQueue open(String queue, Duration longestWork) {
        KafkaQueueClients clients = new KafkaQueueClients(client, queue);
        new KafkaSetUp(this, queue, longestWork).apply(clients);
        return new KafkaBrokerQueue(queue, clients);
    }

    @Override
    public BrokerQueue openToSend(String queue) {
        KafkaQueueClients clients = new KafkaQueueClients(client, queue);
        new KafkaSetUp(this, queue, Duration.ZERO).makeTopic(clients);
        return new KafkaBrokerQueue(queue, clients);
    }

    /** The addresses of the brokers, without secrets. */
    @Override
    public String toString() {
        return "Kafka at " + client.get("bootstrap.servers");
    }
}
