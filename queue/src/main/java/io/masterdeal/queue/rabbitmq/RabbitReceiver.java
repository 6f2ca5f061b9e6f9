package io.masterdeal.queue.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.masterdeal.queue.broker.Acknowledgement;
import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.broker.BrokerMessage;
import io.masterdeal.queue.broker.MessageHandler;
import io.masterdeal.queue.broker.ReceivedMessage;
import io.masterdeal.queue.broker.Receiver;
import io.masterdeal.queue.broker.ReconnectBackoff;
import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread keeps a connection with a consumer; the server delivers as many messages as may be handled at the same time, and
 * each gets its own thread. When the connection is lost the server delivers again what was not acknowledged.
 */
final class RabbitReceiver implements Receiver {

    private static final Logger log = LoggerFactory.getLogger(RabbitReceiver.class);

    /** How often an idle receiver checks whether it should end. */
    private static final long LOOK_MS = 250;

    private static final Duration LET_GO = Duration.ofSeconds(10);

    private final String queue;

    private final RabbitConnections connections;

    private final int atOnce;

    private final MessageHandler handler;

    private final ReconnectBackoff backoff = new ReconnectBackoff();

    private final Thread thread;

    /** The threads that handle messages; interrupted when closing has waited long enough. */
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    private final Semaphore free;

    private volatile boolean stopped;

    RabbitReceiver(String queue, RabbitConnections connections, int atOnce, MessageHandler handler) {
        this.queue = queue;
        this.connections = connections;
        this.atOnce = atOnce;
        this.handler = handler;
        this.free = new Semaphore(atOnce);
        this.thread = Workers.platform("queue-" + queue, this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                try (Session current = new Session()) {
                    backoff.reset();
                    current.handOut();
                } catch (IOException | TimeoutException | ShutdownSignalException | BrokerException e) {
                    if (stopped) {
                        return;
                    }
                    log.warn(
                            "tasks of {} cannot be received, trying again in {} ms: {}",
                            queue,
                            backoff.nextMillis(),
                            e.toString());
                    if (!backoff.pause()) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message, or, without one, the reason why no more will come. */
    private record Arrival(@Nullable ReceivedMessage received, long tag, String news) {}

    /** A connection with its consumer. */
    private final class Session implements AutoCloseable {

        private final Connection connection;

        private final Channel channel;

        /** Guards the channel, which is not thread-safe. */
        private final ReentrantLock lock = new ReentrantLock();

        private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

        private final String consumerTag;

        Session() throws IOException, TimeoutException {
            connection = connections.connect("receiver");
            try {
                channel = RabbitConnections.channel(connection);
                channel.basicQos(atOnce);
                consumerTag = channel.basicConsume(queue, false, consumer());
            } catch (IOException | ShutdownSignalException e) {
                connection.abort();
                throw e;
            }
        }

        private DefaultConsumer consumer() {
            return new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    arrivals.add(new Arrival(received(envelope, properties, body), envelope.getDeliveryTag(), ""));
                }

                @Override
                public void handleCancel(String tag) {
                    arrivals.add(new Arrival(null, 0, "the server has ended the consumer"));
                }

                @Override
                public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                    arrivals.add(new Arrival(null, 0, String.valueOf(signal.getMessage())));
                }
            };
        }

        /** Returns when the receiver is closed and all delivered messages are handled. */
        void handOut() throws IOException, InterruptedException {
            while (!stopped) {
                Arrival next = arrivals.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    continue;
                }
                ReceivedMessage received = next.received();
                if (received == null) {
                    throw new IOException(next.news());
                }
                free.acquire();
                Thread worker = Workers.virtual("queue-message", () -> handle(received, next.tag()));
                working.add(worker);
                worker.start();
            }
            cancel();
            free.acquire(atOnce);
            free.release(atOnce);
        }

        private void handle(ReceivedMessage received, long tag) {
            try {
                tell(stopped ? Acknowledgement.RELEASE : handler.handle(received), tag);
            } catch (InterruptedException e) {
                // The message is released with the connection.
                Thread.currentThread().interrupt();
            } catch (IOException | ShutdownSignalException e) {
                log.warn("an acknowledgement failed, so a task of {} is delivered again: {}", queue, e.toString());
            } finally {
                working.remove(Thread.currentThread());
                free.release();
            }
        }

        private void tell(Acknowledgement acknowledgement, long tag) throws IOException {
            lock.lock();
            try {
                switch (acknowledgement) {
                    case ACCEPT -> channel.basicAck(tag, false);
                    case RELEASE -> channel.basicNack(tag, false, true);
                    case REJECT -> channel.basicReject(tag, false);
                }
            } finally {
                lock.unlock();
            }
        }

        private void cancel() {
            lock.lock();
            try {
                channel.basicCancel(consumerTag);
            } catch (IOException | ShutdownSignalException e) {
                log.debug("the consumer of {} had already ended when it was cancelled", queue, e);
            } finally {
                lock.unlock();
            }
        }

        /** The server delivers again what was not acknowledged. */
        @Override
        public void close() {
            connection.abort();
        }
    }

    private static ReceivedMessage received(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        if (properties.getHeaders() != null) {
            properties.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        }
        String id = properties.getMessageId() == null ? "" : properties.getMessageId();
        String before = headers.get("x-delivery-count");
        int deliveries = before == null ? envelope.isRedeliver() ? 2 : 1 : Integer.parseInt(before) + 1;
        // A classic queue only says that it delivered the message before, which may have been any number of times.
        return new ReceivedMessage(
                new BrokerMessage(id, headers, body), deliveries, before != null || !envelope.isRedeliver());
    }

    @Override
    public synchronized void close(Duration patience) throws InterruptedException {
        stopped = true;
        backoff.end();
        if (!thread.join(patience)) {
            working.forEach(Thread::interrupt);
            if (!thread.join(LET_GO)) {
                log.warn("tasks of {} are still being handled; they will be handled again", queue);
                thread.interrupt();
            }
        }
    }
}
