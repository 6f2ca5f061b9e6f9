package io.masterdeal.service.publish;

import io.masterdeal.contracts.avro.AvroJson;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form in which a canonical event lies in the write-ahead log: JSON, for the schema registry may be away then. */
final class OutboxMessage {

    private OutboxMessage() {}

    static void write(Envelope envelope, ObjectNode message) {
        message.put("id", envelope.id().toString())
                .put("source", envelope.source())
                .put("type", envelope.type())
                .put("subject", envelope.subject())
                .put("time", envelope.time().toEpochMilli())
                .put("sequence", envelope.sequence())
                .put("correlationid", envelope.correlationId())
                .put("causationid", envelope.causationId())
                .put("traceparent", envelope.traceparent())
                .put("replayed", envelope.replayed());
        if (envelope.masterDealId() != null) {
            message.put("masterdealid", envelope.masterDealId().toString());
        }
    }

    /**
     * Reads a message back.
     *
     * @throws IllegalArgumentException if it is not one: then it was written by another version, or by somebody else
     */
    static Event read(String json, EventCatalog catalog) {
        JsonNode message = JsonMapper.shared().readTree(json);
        EventType type = catalog.type(message.path("type").stringValue(""));
        if (type == null) {
            throw new IllegalArgumentException("the event catalog has no type " + message.path("type"));
        }
        List<String> problems = new ArrayList<>();
        @Nullable
        GenericRecord data = AvroJson.read(
                message.path("data"),
                type.schema(),
                "/data",
                (pointer, problem) -> problems.add(pointer + " " + problem));
        if (data == null || !problems.isEmpty()) {
            throw new IllegalArgumentException("the data do not fit the schema of " + type.name() + ": " + problems);
        }
        String deal = message.path("masterdealid").stringValue(null);
        Envelope envelope = Envelope.builder(
                        UUID.fromString(message.path("id").stringValue()),
                        message.path("source").stringValue(),
                        type.name(),
                        message.path("subject").stringValue(),
                        Instant.ofEpochMilli(message.path("time").longValue()))
                .sequence(message.path("sequence").longValue())
                .correlationId(message.path("correlationid").stringValue(null))
                .causationId(message.path("causationid").stringValue(null))
                .traceparent(message.path("traceparent").stringValue(null))
                .masterDealId(deal == null ? null : UUID.fromString(deal))
                .replayed(message.path("replayed").booleanValue())
                .build();
        return new Event(envelope, data);
    }
}
