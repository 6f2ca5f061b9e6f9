package io.masterdeal.queue.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.BrokerSettings;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The settings of a RabbitMQ.
 *
 * @param uri where it is: {@code amqp://host:5672/virtual-host}, with {@code amqps} encrypted and verified
 * @param username the user
 * @param password of the user; not shown by {@link #toString}
 * @param queueType the type of queue to create
 */
public record RabbitBrokerSettings(String uri, String username, String password, QueueType queueType)
        implements BrokerSettings {

    private static final int CONNECT_MS = 5_000;

    private static final int HEARTBEAT_S = 10;

    /**
     * @throws BrokerException if something is missing
     */
    public RabbitBrokerSettings {
        if (uri.isBlank() || username.isBlank() || password.isEmpty()) {
            throw new BrokerException(
                    "RabbitMQ needs masterdeal.queue.rabbitmq.uri (amqp://host:5672), .username and .password", null);
        }
    }

    @Override
    public BrokerQueue open(String queue, Duration longestWork) {
        RabbitConnections connections = new RabbitConnections(factory(), queue, queueType);
        RabbitBrokerQueue broker = new RabbitBrokerQueue(queue, connections, this::toString);
        broker.connect();
        return broker;
    }

    @Override
    public BrokerQueue openToSend(String queue) {
        return open(queue, Duration.ZERO);
    }

    /**
     * The client's own recovery is off: we reconnect ourselves, so that nothing counts as sent that was in flight when a
     * connection was lost.
     */
    private ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
            if (factory.isSSL()) {
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw new BrokerException(
                    "masterdeal.queue.rabbitmq.uri is not an address of RabbitMQ (amqp://host:5672): " + e.getMessage(),
                    e);
        }
        factory.setUsername(username);
        factory.setPassword(password);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_MS);
        factory.setHandshakeTimeout(CONNECT_MS);
        factory.setRequestedHeartbeat(HEARTBEAT_S);
        return factory;
    }

    /** The address of the server, without secrets. */
    @Override
    public String toString() {
        return "RabbitMQ at " + uri.replaceFirst("//[^@/]*@", "//");
    }
}
