package io.masterdeal.queue.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.masterdeal.queue.broker.BrokerException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens connections, and declares the queue on each, so that a queue that the server has lost exists again before it is used.
 */
final class RabbitConnections {

    /** Far more than we let happen, because a message that the server gives up is lost. */
    static final int DELIVERY_LIMIT = 10;

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private final ConnectionFactory factory;

    private final String queue;

    private final QueueType wanted;

    RabbitConnections(ConnectionFactory factory, String queue, QueueType wanted) {
        this.factory = factory;
        this.queue = queue;
        this.wanted = wanted;
    }

    /**
     * @param purpose shown to people who inspect the server
     */
    Connection connect(String purpose) throws IOException, TimeoutException {
        Connection connection = factory.newConnection("masterdeal-queue " + queue + " " + purpose);
        boolean usable = false;
        try {
            declare(connection);
            usable = true;
            return connection;
        } finally {
            if (!usable) {
                connection.abort();
            }
        }
    }

    /** Declaring a queue that exists checks its arguments: the server refuses if they differ. */
    private void declare(Connection connection) throws IOException, TimeoutException {
        Map<String, Object> arguments = isQuorum(connection)
                ? Map.of("x-queue-type", "quorum", "x-delivery-limit", DELIVERY_LIMIT)
                : Map.of("x-queue-type", "classic");
        try (Channel channel = channel(connection)) {
            channel.queueDeclare(queue, true, false, false, arguments);
        } catch (IOException e) {
            if (e.getCause() != null
                    && String.valueOf(e.getCause().getMessage()).contains("PRECONDITION_FAILED")) {
                throw new BrokerException(
                        "RabbitMQ has a queue %s with other arguments, and the task queue needs %s. Empty and delete it, or give the task queue another name"
                                .formatted(queue, arguments),
                        e);
            }
            throw e;
        }
    }

    private boolean isQuorum(Connection connection) {
        return switch (wanted) {
            case QUORUM -> true;
            case CLASSIC -> false;
            case AUTO ->
                hasQuorum(String.valueOf(connection.getServerProperties().get("version")));
        };
    }

    static boolean hasQuorum(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major > 3 || (major == 3 && Integer.parseInt(parts.group(2)) >= 8);
    }

    static Channel channel(Connection connection) throws IOException {
        return Optional.ofNullable(connection.createChannel())
                .orElseThrow(() -> new IOException("the server allows no more channels on a connection"));
    }
}
