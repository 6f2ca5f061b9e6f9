package io.masterdeal.queue.rabbitmq;

import io.masterdeal.queue.broker.BrokerException;

/** The type of queue to create. */
public enum QueueType {
    /** Quorum if the server supports it (RabbitMQ 3.8 or newer), otherwise classic. */
    AUTO,
    /** Replicated over the nodes of a cluster; counts deliveries. */
    QUORUM,
    /**
     * On one node, or mirrored by a policy. The server does not count deliveries, so every redelivered message is replaced by a
     * copy.
     */
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
