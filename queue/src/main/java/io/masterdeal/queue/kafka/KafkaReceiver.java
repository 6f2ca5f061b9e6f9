package io.masterdeal.queue.kafka;

import io.masterdeal.queue.broker.BrokerMessage;
import io.masterdeal.queue.broker.MessageHandler;
import io.masterdeal.queue.broker.ReceivedMessage;
import io.masterdeal.queue.broker.Receiver;
import io.masterdeal.queue.broker.ReconnectBackoff;
import io.masterdeal.worker.Workers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few consumers, each with its own thread, which fetches records, has them handled, and acknowledges each when it is done. A
 * consumer cannot poll before all its records are acknowledged: so there are several, so that quick tasks do not wait for slow
 * ones. And there are only a few: when their process is killed, the broker notices it of one after the other, and delivers the
 * records of the first to those it has not noticed yet, each time counting a delivery that nobody sees.
 */
final class KafkaReceiver implements Receiver {

    private static final Logger log = LoggerFactory.getLogger(KafkaReceiver.class);

    static final int MOST_CONSUMERS = 4;

    /** How often an idle consumer checks whether it should end. */
    private static final Duration POLL = Duration.ofMillis(250);

    private static final Duration COMMIT = Duration.ofSeconds(10);

    private final String topic;

    private final KafkaQueueClients clients;

    private final MessageHandler handler;

    private final ReconnectBackoff backoff = new ReconnectBackoff();

    private final List<Thread> consumers;

    private final int batch;

    private final ExecutorService workers = Workers.perTask("queue-message-");

    private volatile boolean stopped;

    KafkaReceiver(String topic, KafkaQueueClients clients, int atOnce, MessageHandler handler) {
        this.topic = topic;
        this.clients = clients;
        this.handler = handler;
        int howMany = Math.min(atOnce, MOST_CONSUMERS);
        this.batch = atOnce / howMany;
        this.consumers = IntStream.rangeClosed(1, howMany)
                .mapToObj(i -> Workers.platform("queue-" + topic + "-" + i, this::run))
                .toList();
    }

    void start() {
        consumers.forEach(Thread::start);
    }

    private void run() {
        try {
            while (!stopped) {
                try (ShareConsumer<byte[], byte[]> consumer = clients.consumer(batch)) {
                    consumer.subscribe(List.of(topic));
                    takeTurns(consumer);
                } catch (InterruptException e) {
                    return;
                } catch (KafkaException | IllegalStateException e) {
                    log.warn(
                            "tasks of {} cannot be fetched, trying again in {} ms: {}",
                            topic,
                            backoff.nextMillis(),
                            e.toString());
                    if (!backoff.pause()) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // Records that are being handled are released when the consumer is closed.
            Thread.currentThread().interrupt();
        }
    }

    private void takeTurns(ShareConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!stopped) {
            ConsumerRecords<byte[], byte[]> taken = consumer.poll(POLL);
            BlockingQueue<Handled> handled = new LinkedBlockingQueue<>();
            taken.forEach(each -> workers.execute(() -> handled.add(new Handled(each, handle(each)))));
            for (int i = 0; i < taken.count(); i++) {
                Handled next = handled.take();
                consumer.acknowledge(next.taken(), next.how());
                commit(consumer);
            }
            backoff.reset();
        }
    }

    private record Handled(ConsumerRecord<byte[], byte[]> taken, AcknowledgeType how) {}

    private AcknowledgeType handle(ConsumerRecord<byte[], byte[]> taken) {
        if (stopped) {
            return AcknowledgeType.RELEASE;
        }
        try {
            ReceivedMessage received =
                    new ReceivedMessage(message(taken), taken.deliveryCount().orElse((short) 1), true);
            return switch (handler.handle(received)) {
                case ACCEPT -> AcknowledgeType.ACCEPT;
                case RELEASE -> AcknowledgeType.RELEASE;
                case REJECT -> AcknowledgeType.REJECT;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AcknowledgeType.RELEASE;
        } catch (RuntimeException e) {
            log.error("a task of {} is delivered again because handling it failed unexpectedly", topic, e);
            return AcknowledgeType.RELEASE;
        }
    }

    private void commit(ShareConsumer<byte[], byte[]> consumer) {
        for (Map.Entry<TopicIdPartition, Optional<KafkaException>> each :
                consumer.commitSync(COMMIT).entrySet()) {
            // The work is done, but the broker will deliver the record again.
            each.getValue()
                    .ifPresent(e -> log.warn(
                            "an acknowledgement failed, so a task of {} is delivered again: {}", topic, e.toString()));
        }
    }

    private static BrokerMessage message(ConsumerRecord<byte[], byte[]> taken) {
        Map<String, String> headers = new HashMap<>();
        taken.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), utf8(header.value()));
            }
        });
        return new BrokerMessage(
                taken.key() == null ? "" : utf8(taken.key()),
                headers,
                taken.value() == null ? new byte[0] : taken.value());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close(Duration patience) throws InterruptedException {
        stopped = true;
        backoff.end();
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread each : consumers) {
            if (!each.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                workers.shutdownNow();
            }
        }
        for (Thread each : consumers) {
            if (!each.join(COMMIT)) {
                log.warn("tasks of {} are still being handled; they will be handled again", topic);
                each.interrupt();
            }
        }
        workers.shutdownNow();
    }
}
