package io.masterdeal.queue.kafka;

import io.masterdeal.queue.broker.BrokerMessage;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.MessageHandler;
import io.masterdeal.queue.broker.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** A topic and its share group. */
final class KafkaBrokerQueue implements BrokerQueue {

    private final String topic;

    private final KafkaQueueClients clients;

    private final Producer<byte[], byte[]> producer;

    private final ProcessedRecords processedRecords;

    KafkaBrokerQueue(String topic, KafkaQueueClients clients) {
        this.topic = topic;
        this.clients = clients;
        this.producer = clients.producer();
        this.processedRecords = new ProcessedRecords(clients);
    }

    @Override
    public Map<Integer, String> publish(List<BrokerMessage> messages) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (BrokerMessage message : messages) {
            sent.add(send(message));
        }
        Map<Integer, String> problems = new TreeMap<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException e) {
                problems.put(i, String.valueOf(e.getCause()));
            }
        }
        return problems;
    }

    private Future<?> send(BrokerMessage message) {
        ProducerRecord<byte[], byte[]> sending = new ProducerRecord<>(topic, utf8(message.key()), message.body());
        message.headers().forEach((name, value) -> sending.headers().add(name, utf8(value)));
        try {
            return producer.send(sending);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Receiver receive(int atOnce, MessageHandler handler) {
        processedRecords.start();
        KafkaReceiver receiver = new KafkaReceiver(topic, clients, atOnce, handler);
        receiver.start();
        return receiver;
    }

    @Override
    public int deliveryLimit() {
        return KafkaSetUp.deliveryLimit(clients);
    }

    @Override
    public void close() {
        processedRecords.stop();
        producer.close(Duration.ofMillis(KafkaQueueClients.DELIVERY_MS));
    }
}
