package io.masterdeal.contracts.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@code error.event} of a Kafka record that cannot be processed, with all that is needed to look into it and to
 * send it again.
 *
 * <p>The subject is {@code topic/partition/offset}, and the id follows from it and the reason: whoever finds the same
 * record bad again, after a crash, gives the same event.
 */
public final class ErrorEvents {
    /** The greatest part of a value an error event carries, in bytes. */
    public static final int PAYLOAD_BYTES = 64 * 1024;

    private static final String TYPE = "error.event";
    private static final int MAX_HEADERS = 50;
    private static final int MAX_TEXT = 8 * 1024;

    private final EventType type;
    private final String source;

    /**
     * Takes what all its events have in common.
     *
     * @param catalog has {@code error.event}
     * @param source who found the error, a URI reference such as {@code /masterdeal/intake}
     */
    public ErrorEvents(EventCatalog catalog, String source) {
        EventType error = catalog.type(TYPE);
        if (error == null) {
            throw new IllegalArgumentException("the catalog has no type " + TYPE);
        }
        this.type = error;
        this.source = source;
    }

    /**
     * Describes a record that is no event.
     *
     * @param record the record
     * @param poison why it is none
     * @param stage part of the platform that gave up, such as {@code intake}
     * @param time now
     * @return the event, for {@link EventSerde#serialize}
     */
    public Event of(
            ConsumerRecord<byte[], byte[]> record, UndecodableEventException poison, String stage, Instant time) {
        return of(record, poison.reason().code(), poison.getMessage(), stage, time);
    }

    /**
     * Describes a record that cannot be processed.
     *
     * @param record the record
     * @param reason why, as a short code
     * @param detail why, in words; null if there is nothing to add
     * @param stage part of the platform that gave up, such as {@code intake}
     * @param time now
     * @return the event, for {@link EventSerde#serialize}
     */
    public Event of(
            ConsumerRecord<byte[], byte[]> record, String reason, @Nullable String detail, String stage, Instant time) {
        String place = record.topic() + "/" + record.partition() + "/" + record.offset();
        Map<String, String> headers = headers(record);
        GenericRecord data = new GenericData.Record(type.schema());
        data.put("reason", reason);
        data.put("detail", detail == null ? null : clean(detail));
        data.put("stage", stage);
        data.put("topic", record.topic());
        data.put("partition", record.partition());
        data.put("offset", record.offset());
        data.put("event_id", headers.get("ce_id"));
        data.put("event_type", headers.get("ce_type"));
        data.put("key", text(record.key()));
        data.put("headers", headers);
        byte[] value = record.value();
        int kept = value == null ? 0 : Math.min(value.length, PAYLOAD_BYTES);
        data.put(
                "payload",
                value == null ? null : ByteBuffer.wrap(value, 0, kept).slice());
        data.put("payload_truncated", value != null && kept < value.length);
        UUID id = UUID.nameUUIDFromBytes((TYPE + "/" + place + "/" + reason).getBytes(StandardCharsets.UTF_8));
        return new Event(Envelope.builder(id, source, type.name(), place, time).build(), data);
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        var headers = new HashMap<String, String>();
        for (Header header : record.headers()) {
            String value = text(header.value());
            if (value != null && !Utf8.hasForbidden(header.key()) && headers.size() < MAX_HEADERS) {
                headers.put(header.key(), value);
            }
        }
        return headers;
    }

    /** Bytes as text; null if they are none, or not text that can be kept, or too long. */
    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length > MAX_TEXT) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Utf8.hasForbidden(text) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String clean(String text) {
        return Utf8.clean(text.substring(0, Math.min(text.length(), MAX_TEXT)));
    }
}
