package io.masterdeal.queue.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.ShutdownSignalException;
import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.broker.BrokerMessage;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.MessageHandler;
import io.masterdeal.queue.broker.Receiver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A queue of RabbitMQ. Publishing and receiving have a connection each, because RabbitMQ may throttle those that publish. */
final class RabbitBrokerQueue implements BrokerQueue {

    private final String queue;

    private final RabbitConnections connections;

    private final Supplier<String> where;

    private final ReentrantLock publishing = new ReentrantLock();

    private @Nullable ConfirmingChannel open;

    private boolean closed;

    RabbitBrokerQueue(String queue, RabbitConnections connections, Supplier<String> where) {
        this.queue = queue;
        this.connections = connections;
        this.where = where;
    }

    void connect() {
        publishing.lock();
        try {
            open = new ConfirmingChannel(connections, queue);
        } catch (IOException | TimeoutException e) {
            throw new BrokerException(
                    "the task queue '%s' cannot be set up at %s: %s".formatted(queue, where.get(), said(e)), e);
        } finally {
            publishing.unlock();
        }
    }

    @Override
    public Map<Integer, String> publish(List<BrokerMessage> messages) throws InterruptedException {
        publishing.lockInterruptibly();
        try {
            if (closed) {
                return all(messages, "the queue is closed");
            }
            ConfirmingChannel usable = open;
            if (usable == null) {
                usable = new ConfirmingChannel(connections, queue);
                open = usable;
            }
            return usable.publish(messages);
        } catch (IOException | TimeoutException | ShutdownSignalException | BrokerException e) {
            forget();
            return all(messages, said(e));
        } finally {
            publishing.unlock();
        }
    }

    private static Map<Integer, String> all(List<BrokerMessage> messages, String problem) {
        Map<Integer, String> problems = new TreeMap<>();
        for (int i = 0; i < messages.size(); i++) {
            problems.put(i, problem);
        }
        return problems;
    }

    /** After a failure the channel is unusable: confirms can no longer be matched to messages. */
    private void forget() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private static String said(Exception e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && !(innermost instanceof AlreadyClosedException)) {
            innermost = innermost.getCause();
        }
        return innermost.toString();
    }

    @Override
    public Receiver receive(int atOnce, MessageHandler handler) {
        RabbitReceiver receiver = new RabbitReceiver(queue, connections, atOnce, handler);
        receiver.start();
        return receiver;
    }

    /** The queue is declared with this limit on every connection; the server refuses if it has another one. */
    @Override
    public int deliveryLimit() {
        try {
            connections.connect("question").close();
            return RabbitConnections.DELIVERY_LIMIT;
        } catch (IOException | TimeoutException e) {
            throw new BrokerException(where.get() + " does not answer about the queue " + queue + ": " + said(e), e);
        }
    }

    @Override
    public void close() {
        publishing.lock();
        try {
            closed = true;
            forget();
        } finally {
            publishing.unlock();
        }
    }
}
