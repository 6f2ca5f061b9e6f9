package io.masterdeal.queue.rabbitmq;

import io.masterdeal.queue.broker.BrokerException;

/** What kind of queue to make. */
public enum QueueType {
    /** Quorum where the server has it (RabbitMQ 3.8 or newer), else classic. */
    AUTO,
    /** Replicated over the nodes of a cluster; counts deliveries. */
    QUORUM,
    /** On one node, or mirrored by a policy. The server counts no deliveries, so each second one is replaced by a copy. */
    CLASSIC;

    /**
     * Reads a setting.
     *
     * @param text {@code auto}, {@code quorum}, {@code classic}; empty for {@code auto}
     * @return the type
     * @throws BrokerException if it is another text
     */
    public static QueueType of(String text) {
        return switch (text) {
            case "", "auto" -> AUTO;
            case "quorum" -> QUORUM;
            case "classic" -> CLASSIC;
            default ->
                throw new BrokerException(
                        "masterdeal.queue.rabbitmq.queue-type is auto, quorum or classic, not '" + text + "'", null);
        };
    }
}
