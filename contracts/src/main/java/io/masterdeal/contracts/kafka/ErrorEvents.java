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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Creates an {@code error.event} for a Kafka record that cannot be processed, with everything needed to examine it and to send
 * it again.
 *
 * <p>The subject is {@code topic/partition/offset}, and the id is derived from it and the reason, so that processing the record
 * again after a crash gives the same event.
 */
public final class ErrorEvents {
    /** How much of a value an error event contains at most, in bytes. */
    public static final int PAYLOAD_BYTES = 64 * 1024;

    private static final String TYPE = "error.event";
    private static final int MAX_HEADERS = 50;
    private static final int MAX_TEXT = 8 * 1024;

    private final EventType type;
    private final String source;

    /**
     * Creates a factory for the error events of one source.
     *
     * @param catalog a catalog with {@code error.event}
     * @param source the component that found the error, a URI reference such as {@code /masterdeal/intake}
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
     * Describes a record that is not a valid event.
     *
     * @param record the record
     * @param poison why it is not valid
     * @param stage the part of the platform that gave up, such as {@code intake}
     * @param time the current time
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
     * @param stage the part of the platform that gave up, such as {@code intake}
     * @param time the current time
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
        data.put("attempts", List.of());
        UUID id = UUID.nameUUIDFromBytes((TYPE + "/" + place + "/" + reason).getBytes(StandardCharsets.UTF_8));
        return new Event(Envelope.builder(id, source, type.name(), place, time).build(), data);
    }

    /**
     * An event that could not be delivered to a subscriber.
     *
     * @param place where the event was read
     * @param event the envelope of the event
     * @param subscription name of the subscription
     * @param replay how many times it had been redriven
     * @param reason why it was given up, as a short code
     * @param attempts the attempts in order
     */
    public record Undelivered(
            Place place, Envelope event, String subscription, int replay, String reason, List<Attempt> attempts) {}

    /** A position in Kafka. */
    public record Place(String topic, int partition, long offset) {}

    /**
     * An attempt to deliver.
     *
     * @param at when it started, UTC
     * @param ms its duration in milliseconds
     * @param status HTTP status; null if there was no answer
     * @param answer the start of the response body, or what went wrong
     */
    public record Attempt(Instant at, long ms, @Nullable Integer status, String answer) {}

    /**
     * Describes an event that could not be delivered. The id is derived from event, subscription and replay, so that giving up again
     * after a crash gives the same error event.
     *
     * @param undelivered the event, the subscription and the attempts
     * @param time the current time
     * @return the event, for {@link EventSerde#serialize}
     */
    public Event of(Undelivered undelivered, Instant time) {
        Place at = undelivered.place();
        String place = at.topic() + "/" + at.partition() + "/" + at.offset();
        Envelope event = undelivered.event();
        GenericRecord data = new GenericData.Record(type.schema());
        data.put("reason", undelivered.reason());
        data.put(
                "detail",
                undelivered.attempts().isEmpty()
                        ? null
                        : clean(undelivered.attempts().getLast().answer()));
        data.put("stage", "delivery");
        data.put("topic", at.topic());
        data.put("partition", at.partition());
        data.put("offset", at.offset());
        data.put("event_id", event.id().toString());
        data.put("event_type", event.type());
        data.put("key", event.subject());
        data.put("headers", Map.of());
        data.put("payload", null);
        data.put("payload_truncated", false);
        data.put("correlation_id", event.correlationId());
        data.put(
                "master_deal_id",
                event.masterDealId() == null ? null : event.masterDealId().toString());
        data.put("subscription", undelivered.subscription());
        Schema attempt = type.schema().getField("attempts").schema().getElementType();
        data.put(
                "attempts",
                undelivered.attempts().stream().map(it -> attempt(attempt, it)).toList());
        String name = TYPE + "/" + place + "/" + undelivered.subscription() + "/" + undelivered.replay();
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Event(
                Envelope.builder(id, source, type.name(), place, time)
                        .correlationId(event.correlationId())
                        .causationId(event.id().toString())
                        .masterDealId(event.masterDealId())
                        .build(),
                data);
    }

    private static GenericRecord attempt(Schema schema, Attempt attempt) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("at", attempt.at().toEpochMilli());
        record.put("ms", attempt.ms());
        record.put("status", attempt.status());
        record.put("answer", clean(attempt.answer()));
        return record;
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

    /** Bytes as text; null if absent, too long, or not text that can be stored. */
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
