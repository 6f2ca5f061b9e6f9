package io.masterdeal.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it is sent: a CloudEvent 1.0 in structured mode (JSON) or in binary mode (headers and data). Its content is the
 * gateway's to check. Immutable, so that each repeat sends the same id.
 */
public final class CloudEvent {

    private final Map<String, List<String>> headers;

    private final byte[] content;

    private CloudEvent(Map<String, List<String>> headers, byte[] content) {
        this.headers = headers;
        this.content = content;
    }

    /**
     * A new event, with a random id, of the source {@code /DOMAIN}.
     *
     * @param type such as {@code crm.deal.created}; the domain is what stands before the first point
     * @param subject key of the object, such as {@code crm:deal:D-1}
     * @param time when it happened
     * @param data values by field: texts, and lists of texts for {@code links}
     */
    public static CloudEvent create(String type, String subject, Instant time, Map<String, ?> data) {
        return create(type, subject, time, data, Map.of());
    }

    /**
     * A new event with further attributes.
     *
     * @param attributes such as {@code sequence} or {@code correlationid}; one of them may stand in for a default, such as {@code id} or
     *     {@code source}
     * @see #create(String, String, Instant, Map)
     */
    public static CloudEvent create(
            String type, String subject, Instant time, Map<String, ?> data, Map<String, String> attributes) {
        int point = type.indexOf('.');
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", "/" + (point < 0 ? type : type.substring(0, point)))
                .put("type", type)
                .put("subject", subject)
                .put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        attributes.forEach(event::put);
        event.set("data", JsonMapper.shared().valueToTree(data));
        return json(event);
    }

    /**
     * An event in structured mode.
     *
     * @param event a JSON object with its id
     */
    public static CloudEvent json(JsonNode event) {
        return json(event.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An event in structured mode.
     *
     * @param event one JSON object with its id, as UTF-8; the array must not be changed afterwards
     */
    public static CloudEvent json(byte[] event) {
        return new CloudEvent(Map.of(), event);
    }

    /**
     * An event in binary mode.
     *
     * @param headers by name, each with its values in order: {@code ce-} attributes, with {@code ce-id}, and {@code content-type}
     * @param data the body; the array must not be changed afterwards
     * @throws IllegalArgumentException if there is no header
     */
    public static CloudEvent binary(Map<String, List<String>> headers, byte[] data) {
        if (headers.isEmpty()) {
            throw new IllegalArgumentException(
                    "an event in binary mode has its attributes in headers, and there is none");
        }
        return new CloudEvent(Map.copyOf(headers), data);
    }

    boolean isBinary() {
        return !headers.isEmpty();
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] content() {
        return content;
    }

    /** What is sent, without the headers of binary mode. */
    @Override
    public String toString() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
