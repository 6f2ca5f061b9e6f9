package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends a refused record unchanged to the topic that it came from, so that it is taken in again. */
final class OriginSender implements SinkSender {

    private final Producer<byte[], byte[]> producer;

    OriginSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public CompletableFuture<SinkResponse> send(Delivery delivery, int attempt) {
        JsonNode refusal = JsonMapper.shared()
                .readTree(Objects.requireNonNull(delivery.message().body()))
                .path("data");
        String topic = refusal.path("topic").asString("");
        JsonNode payload = refusal.path("payload");
        if (topic.isEmpty()
                || !payload.isString()
                || refusal.path("payload_truncated").asBoolean(false)) {
            return CompletableFuture.completedFuture(new SinkResponse(
                    SinkResponse.Verdict.REFUSED,
                    null,
                    "the error event does not hold the whole record: have its system send the event again",
                    null));
        }
        JsonNode key = refusal.path("key");
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                key.isString() ? key.stringValue().getBytes(StandardCharsets.UTF_8) : null,
                Base64.getDecoder().decode(payload.stringValue()));
        refusal.path("headers")
                .properties()
                .forEach(it -> record.headers()
                        .add(it.getKey(), it.getValue().asString("").getBytes(StandardCharsets.UTF_8)));
        record.headers()
                .add("masterdeal-replay", Integer.toString(delivery.replay()).getBytes(StandardCharsets.UTF_8));
        return KafkaSender.send(producer, record);
    }
}
