package io.masterdeal.console.errors;

import io.masterdeal.contracts.event.Event;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads {@code error.event}. */
final class ErrorReader {

    private static final int LONGEST = 4_000;
    private static final String UNKNOWN = "unknown";

    private ErrorReader() {}

    static ErrorRow read(Event event) {
        GenericRecord data = event.data();
        String type = text(data, "event_type");
        String topic = text(data, "topic");
        String detail = text(data, "detail");
        String reason = text(data, "reason");
        String stage = text(data, "stage");
        return new ErrorRow(
                event.envelope().id(),
                event.envelope().time(),
                stage == null ? UNKNOWN : stage,
                reason == null ? UNKNOWN : reason,
                domain(type, topic),
                detail == null ? "" : detail,
                topic,
                data.get("partition") instanceof Integer number ? number : null,
                data.get("offset") instanceof Long number ? number : null,
                text(data, "event_id"),
                type,
                text(data, "key"),
                headers(data),
                bytes(data),
                Boolean.TRUE.equals(data.get("payload_truncated")),
                text(data, "subscription"));
    }

    /** What comes before the first point: of {@code crm.deal.created}, or of the topic {@code crm.events}. */
    private static String domain(@Nullable String type, @Nullable String topic) {
        String name = type != null ? type : topic;
        if (name == null) {
            return UNKNOWN;
        }
        int point = name.indexOf('.');
        String domain = point < 0 ? name : name.substring(0, point);
        return domain.matches("[a-z][a-z0-9-]{0,62}") ? domain : UNKNOWN;
    }

    private static Map<String, String> headers(GenericRecord data) {
        Map<String, String> headers = new TreeMap<>();
        if (data.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(clean(String.valueOf(name)), clean(String.valueOf(value))));
        }
        return headers;
    }

    private static @Nullable String bytes(GenericRecord data) {
        if (!(data.get("payload") instanceof ByteBuffer buffer)) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static @Nullable String text(GenericRecord data, String field) {
        return data.hasField(field) && data.get(field) != null ? clean(String.valueOf(data.get(field))) : null;
    }

    /** PostgreSQL keeps no zero characters, and nobody reads longer texts. */
    private static String clean(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.replace('\u0000', '\uFFFD');
    }
}
