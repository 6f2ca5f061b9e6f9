package io.masterdeal.queue.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.masterdeal.queue.broker.BrokerMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** A channel that publishes with confirms. For one thread at a time; unusable after an exception. */
final class ConfirmingChannel {

    /** After this time a message that was not confirmed is an error. */
    private static final long CONFIRM_MS = 10_000;

    private static final int PERSISTENT = 2;

    /** The header with the index in the batch, by which a returned message is recognised. */
    private static final String INDEX = "batch-index";

    private final String queue;

    private final Connection connection;

    private final Channel channel;

    /** Messages that the server could not route, by index. The server returns them before it confirms. */
    private final Map<Integer, String> returned = new ConcurrentHashMap<>();

    ConfirmingChannel(RabbitConnections connections, String queue) throws IOException, TimeoutException {
        this.queue = queue;
        this.connection = connections.connect("publisher");
        this.channel = RabbitConnections.channel(connection);
        channel.confirmSelect();
        channel.addReturnListener(back -> {
            Object index = back.getProperties().getHeaders().get(INDEX);
            returned.put(
                    Integer.parseInt(String.valueOf(index)), "the server has no such queue: " + back.getReplyText());
        });
    }

    Map<Integer, String> publish(List<BrokerMessage> messages)
            throws IOException, TimeoutException, InterruptedException {
        returned.clear();
        for (int i = 0; i < messages.size(); i++) {
            BrokerMessage each = messages.get(i);
            channel.basicPublish("", queue, true, properties(each, i), each.body());
        }
        if (!channel.waitForConfirms(CONFIRM_MS)) {
            throw new IOException("the server refused a message");
        }
        if (!returned.isEmpty()) {
            // The queue was deleted; the next connection creates it again.
            throw new IOException(returned.values().iterator().next());
        }
        return new TreeMap<>();
    }

    private static BasicProperties properties(BrokerMessage message, int index) {
        Map<String, Object> headers = new HashMap<>(message.headers());
        headers.put(INDEX, index);
        return new BasicProperties.Builder()
                .messageId(message.key())
                .deliveryMode(PERSISTENT)
                .headers(headers)
                .build();
    }

    void close() {
        connection.abort();
    }
}
