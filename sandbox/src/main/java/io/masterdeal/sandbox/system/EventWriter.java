package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.text.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the event of a change, and refuses changes whose event the gateway would refuse. */
final class EventWriter {
    /** A written event; {@code told} are its attributes and business fields as text. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Written(byte[] json, Map<String, String> told) {}

    /** What the event is about, apart from its data. */
    record Frame(
            UUID id,
            EventType type,
            String subject,
            Instant at,
            @Nullable Long sequence) {}

    /** The reason for a change does not apply to later changes. */
    private static final Set<String> OF_ONE_CHANGE = Set.of("reason", "competitor");

    private static final Set<String> NO_BUSINESS_FIELD = Set.of("status", "links", "attributes", "retracts");

    private final EventCatalog catalog;
    private final EventJson contracts;

    EventWriter(EventCatalog catalog) {
        this.catalog = catalog;
        this.contracts = new EventJson(catalog);
    }

    EventType type(String name) {
        EventType type = catalog.type(name);
        if (type == null) {
            throw new IllegalArgumentException("the event catalog has no type " + name);
        }
        return type;
    }

    /**
     * Writes an event.
     *
     * @param known attributes of the object; those that are business fields of the type are included
     * @param change attributes to set
     * @param links all links of the object
     * @param correlationId of the story
     * @param retracts ids of retracted events
     * @throws Refusal if it violates the contracts; pointers refer to the change
     */
    Written write(
            Frame frame,
            Map<String, String> known,
            Change change,
            List<String> links,
            String correlationId,
            List<String> retracts) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0").put("id", frame.id().toString());
        event.put("source", "/" + frame.type().domain())
                .put("type", frame.type().name());
        event.put("subject", frame.subject()).put("time", Rfc3339.format(frame.at()));
        if (frame.sequence() != null) {
            event.put("sequence", Long.toString(frame.sequence()));
        }
        event.put("correlationid", correlationId);
        Change.Context context = change.context();
        if (context.causationId() != null) {
            event.put("causationid", context.causationId());
        }
        if (context.traceparent() != null) {
            event.put("traceparent", context.traceparent());
        }
        ObjectNode data = event.putObject("data");
        links.forEach(data.putArray("links")::add);
        Map<String, String> told = fields(data, frame.type().schema(), known, change.attributes());
        if (!retracts.isEmpty()) {
            ArrayNode list = data.putArray("retracts");
            retracts.forEach(list::add);
        }
        byte[] json = event.toString().getBytes(StandardCharsets.UTF_8);
        try {
            contracts.read(json);
        } catch (InvalidEventException e) {
            throw Refusal.invalid(e.violations().stream()
                    .map(found -> new Violation(pointer(found.pointer()), found.message()))
                    .toList());
        }
        return new Written(json, told);
    }

    private static Map<String, String> fields(
            ObjectNode data, Schema schema, Map<String, String> known, Map<String, String> set) {
        var told = new TreeMap<String, String>();
        for (Schema.Field field : schema.getFields()) {
            String name = field.name();
            if (!NO_BUSINESS_FIELD.contains(name)) {
                String value = set.getOrDefault(name, OF_ONE_CHANGE.contains(name) ? null : known.get(name));
                if (value != null) {
                    put(data, field, value);
                    told.put(name, value);
                }
            }
        }
        ObjectNode attributes = data.putObject("attributes");
        new TreeMap<>(set).forEach((name, value) -> {
            if (told.putIfAbsent(name, value) == null) {
                attributes.put(name, value);
            }
        });
        return told;
    }

    private static void put(ObjectNode data, Schema.Field field, String value) {
        boolean number = field.schema().getTypes().stream()
                .anyMatch(type -> type.getType() == Schema.Type.LONG && type.getLogicalType() == null);
        if (number && value.matches("-?\\d{1,18}")) {
            data.put(field.name(), Long.parseLong(value));
        } else {
            data.put(field.name(), value);
        }
    }

    /** The caller knows the attributes and links of the request, not the event, so pointers refer to the request. */
    private static String pointer(String ofEvent) {
        if (ofEvent.startsWith("/data/links")
                || ofEvent.startsWith("/data/attributes")
                || ofEvent.startsWith("/data/retracts")) {
            return ofEvent.substring("/data".length());
        }
        return switch (ofEvent) {
            case "/subject" -> "/id";
            case "/correlationid" -> "/correlation_id";
            case "/causationid" -> "/causation_id";
            default -> ofEvent.startsWith("/data/") ? "/attributes" + ofEvent.substring("/data".length()) : ofEvent;
        };
    }
}
