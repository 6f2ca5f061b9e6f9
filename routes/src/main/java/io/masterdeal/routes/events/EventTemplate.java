package io.masterdeal.routes.events;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an event is made from a message.
 *
 * @param attributes expressions by name of the attribute; empty if the message is the event itself
 * @param data expressions by name of the field; {@code links} is a list separated by commas, {@code attributes.NAME} free payload
 * @param written how the time is written; null for RFC 3339
 */
record EventTemplate(
        Map<String, Expression> attributes,
        Map<String, Expression> data,
        @Nullable TimeFormat written) {

    /** The attributes that may be given, in the order in which they are written. */
    static final List<String> ATTRIBUTES = List.of(
            "id",
            "source",
            "type",
            "subject",
            "time",
            "sequence",
            "correlationid",
            "causationid",
            "masterdealid",
            "replayed");

    private static final Set<String> LISTS = Set.of("links", "retracts");

    private static final String FREE = "attributes.";

    /** Whether events are made from messages; otherwise messages are events. */
    boolean makes() {
        return !attributes.isEmpty();
    }

    /**
     * Makes an event.
     *
     * @throws java.time.DateTimeException if the time is not in the expected format
     */
    ObjectNode make(Exchange exchange, String domain) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("specversion", "1.0");
        attributes.forEach((name, expression) -> {
            String value = text(exchange, expression);
            if (!value.isEmpty()) {
                event.put(name, written != null && name.equals("time") ? written.read(value) : value);
            }
        });
        if (!event.has("source")) {
            event.put("source", "/" + domain);
        }
        event.set("data", data(exchange));
        return event;
    }

    private JsonNode data(Exchange exchange) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        data.forEach((name, expression) -> {
            String value = text(exchange, expression);
            if (value.isEmpty()) {
                return;
            }
            if (LISTS.contains(name)) {
                ArrayNode list = made.putArray(name);
                for (String each : value.split(",", -1)) {
                    if (!each.isBlank()) {
                        list.add(each.strip());
                    }
                }
            } else if (name.startsWith(FREE)) {
                made.withObject("/attributes").put(name.substring(FREE.length()), value);
            } else {
                made.put(name, value);
            }
        });
        return made;
    }

    private static String text(Exchange exchange, Expression expression) {
        String value = expression.evaluate(exchange, String.class);
        return value == null ? "" : value.strip();
    }
}
