package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.worker.Workers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sends events to a topic, in structured mode (Kafka Protocol Binding for CloudEvents 1.0, section 3.3). */
final class KafkaSender implements SinkSender {

    private final Producer<byte[], byte[]> producer;

    private final String topic;

    KafkaSender(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    @Override
    public CompletableFuture<SinkResponse> send(Delivery delivery, int attempt) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                delivery.message().subject().getBytes(StandardCharsets.UTF_8),
                Objects.requireNonNull(delivery.message().body()));
        record.headers()
                .add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.UTF_8));
        if (delivery.replay() > 0) {
            record.headers()
                    .add(
                            "masterdeal-replay",
                            Integer.toString(delivery.replay()).getBytes(StandardCharsets.UTF_8));
        }
        return send(producer, record);
    }

    static CompletableFuture<SinkResponse> send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<SinkResponse> answer = new CompletableFuture<>();
        try {
            var _ = producer.send(
                    record, (_, failure) -> Workers.calledBack("delivered", () -> answer.complete(response(failure))));
        } catch (KafkaException e) {
            answer.complete(response(e));
        }
        return answer;
    }

    private static SinkResponse response(@org.jspecify.annotations.Nullable Exception failure) {
        if (failure == null) {
            return new SinkResponse(SinkResponse.Verdict.TAKEN, null, "", null);
        }
        return failure instanceof RecordTooLargeException
                ? new SinkResponse(SinkResponse.Verdict.REFUSED, null, String.valueOf(failure.getMessage()), null)
                : SinkResponse.unavailable(String.valueOf(failure.getMessage()));
    }
}
