package io.masterdeal.rulesets.sla;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Statements from CloudEvents, whose business fields are attributes of their name. */
final class EventFacts {

    private static final Set<String> OF_THE_MODEL = Set.of("status", "links", "attributes", "retracts");

    private EventFacts() {}

    static Statement of(JsonNode event) {
        JsonNode data = event.get("data");
        List<ObjectKey> links = new ArrayList<>();
        data.path("links").forEach(link -> links.add(new ObjectKey(link.stringValue())));
        Map<String, String> attributes = new TreeMap<>();
        data.properties().forEach(field -> {
            if (!OF_THE_MODEL.contains(field.getKey()) && !field.getValue().isNull()) {
                attributes.put(field.getKey(), text(field.getValue()));
            }
        });
        data.path("attributes").properties().forEach(field -> attributes.put(field.getKey(), text(field.getValue())));
        List<UUID> retracts = new ArrayList<>();
        data.path("retracts").forEach(id -> retracts.add(UUID.fromString(id.stringValue())));
        String sequence = optional(event, "sequence");
        String masterDealId = optional(event, "masterdealid");
        Fact fact = Fact.of(
                UUID.fromString(event.get("id").stringValue()),
                event.get("type").stringValue(),
                new ObjectKey(event.get("subject").stringValue()),
                optional(data, "status"),
                sequence == null ? null : Long.valueOf(sequence),
                instant(event.get("time").stringValue()),
                links,
                attributes,
                masterDealId == null ? null : UUID.fromString(masterDealId));
        return retracts.isEmpty() ? fact : Retraction.of(fact, retracts);
    }

    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static @Nullable String optional(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : text(value);
    }
}
