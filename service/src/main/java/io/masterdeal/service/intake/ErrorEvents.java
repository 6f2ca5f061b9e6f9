package io.masterdeal.service.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.model.NameUuid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what could not be taken in, as an {@code error.event}: with the reason, the place it came from and its bytes. Its
 * id follows from that place, so a record that is refused twice gives the same event again.
 */
final class ErrorEvents {

    private static final UUID NAMESPACE = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:error");

    private static final int MOST_PAYLOAD_BYTES = 64 * 1024;

    private final EventSerde serde;

    private final Producer<byte[], byte[]> producer;

    private final Clock clock;

    private final Schema schema;

    ErrorEvents(EventCatalog catalog, EventSerde serde, Producer<byte[], byte[]> producer, Clock clock) {
        this.serde = serde;
        this.producer = producer;
        this.clock = clock;
        this.schema = Objects.requireNonNull(catalog.type("error.event"), "the event catalog lacks error.event")
                .schema();
    }

    /** Sends the error event; the record may be passed over only when the future is done. */
    Future<RecordMetadata> send(ConsumerRecord<byte[], byte[]> refused, String reason, @Nullable String detail) {
        String origin = StatementReader.origin(refused);
        Map<String, String> headers = headers(refused);
        GenericRecord data = new GenericData.Record(schema);
        data.put("reason", reason);
        data.put("detail", detail == null ? null : detail.replace("\u0000", "\\u0000"));
        data.put("stage", "intake");
        data.put("topic", refused.topic());
        data.put("partition", refused.partition());
        data.put("offset", refused.offset());
        data.put("event_id", headers.get("ce_id"));
        data.put("event_type", headers.get("ce_type"));
        data.put("key", refused.key() == null ? null : text(refused.key()));
        data.put("headers", headers);
        byte[] value = refused.value();
        if (value != null) {
            boolean tooLong = value.length > MOST_PAYLOAD_BYTES;
            data.put("payload", ByteBuffer.wrap(tooLong ? Arrays.copyOf(value, MOST_PAYLOAD_BYTES) : value));
            data.put("payload_truncated", tooLong);
        } else {
            data.put("payload_truncated", false);
        }
        Envelope envelope = Envelope.builder(
                        NameUuid.of(NAMESPACE, origin), "/masterdeal", "error.event", origin, clock.instant())
                .build();
        return producer.send(serde.serialize(new Event(envelope, data)));
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            String text = header.value() == null || header.value().length > 1024 ? null : text(header.value());
            if (text != null && headers.size() < 50 && text(header.key().getBytes(StandardCharsets.UTF_8)) != null) {
                headers.put(header.key(), text);
            }
        }
        return headers;
    }

    /** The bytes as text, or null if they are none that an event may carry. */
    private static @Nullable String text(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.chars().anyMatch(c -> c == 0) ? null : text.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
