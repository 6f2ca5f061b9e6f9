package io.masterdeal.service.store;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Direction;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.deal.TimelineStep;
import io.masterdeal.model.rules.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which the store keeps compound values in {@code jsonb} columns. */
final class StoredJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredJson() {}

    static String texts(Collection<String> values) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(array::add);
        return array.toString();
    }

    static String attributes(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return "{}";
        }
        ObjectNode object = JSON.createObjectNode();
        attributes.forEach(object::put);
        return object.toString();
    }

    static Map<String, String> attributes(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        Map<String, String> attributes = new HashMap<>();
        JSON.readTree(json)
                .properties()
                .forEach(it -> attributes.put(it.getKey(), it.getValue().stringValue()));
        return attributes;
    }

    static String timeline(List<TimelineStep> timeline) {
        ArrayNode array = JSON.createArrayNode();
        for (TimelineStep step : timeline) {
            ObjectNode node = array.addObject()
                    .put("stage", step.stage())
                    .put("effective_at", step.effectiveAt().toEpochMilli())
                    .put("direction", step.direction().name().toLowerCase(Locale.ROOT));
            ids(node.putArray("evidence"), step.evidence());
        }
        return array.toString();
    }

    static List<TimelineStep> timeline(String json) {
        List<TimelineStep> timeline = new ArrayList<>();
        for (JsonNode node : JSON.readTree(json)) {
            timeline.add(new TimelineStep(
                    node.path("stage").stringValue(),
                    Instant.ofEpochMilli(node.path("effective_at").longValue()),
                    Direction.valueOf(node.path("direction").stringValue().toUpperCase(Locale.ROOT)),
                    ids(node.path("evidence"))));
        }
        return timeline;
    }

    static String objects(SortedMap<ObjectKey, @Nullable String> objects) {
        ArrayNode array = JSON.createArrayNode();
        objects.forEach(
                (key, status) -> array.addObject().put("key", key.value()).put("status", status));
        return array.toString();
    }

    static SortedMap<ObjectKey, @Nullable String> objects(String json) {
        SortedMap<ObjectKey, @Nullable String> objects = new TreeMap<>();
        for (JsonNode node : JSON.readTree(json)) {
            objects.put(
                    new ObjectKey(node.path("key").stringValue()),
                    node.path("status").stringValue(null));
        }
        return objects;
    }

    static String findings(Deal deal) {
        ArrayNode array = JSON.createArrayNode();
        deal.findings().forEach((stage, finding) -> {
            ObjectNode node = array.addObject().put("stage", stage).put("holds", finding.holds());
            ids(node.putArray("evidence"), finding.evidence());
            ArrayNode unmet = node.putArray("unmet");
            finding.unmet().stream().map(Condition::describe).forEach(unmet::add);
        });
        return array.toString();
    }

    static List<UUID> evidence(Deal deal) {
        Finding finding = deal.findings().get(deal.stage());
        return finding == null ? List.of() : finding.evidence();
    }

    static String state(DealState state) {
        ObjectNode node = JSON.createObjectNode().put("facts", state.facts());
        if (state.lastInstant() != null) {
            node.put("last_instant", state.lastInstant().toEpochMilli());
        }
        ArrayNode members = node.putArray("members");
        state.members().forEach((key, parents) -> {
            ObjectNode member = members.addObject().put("key", key.value());
            ArrayNode above = member.putArray("parents");
            parents.forEach(parent -> above.add(parent.value()));
            CurrentStatus current = state.current().get(key);
            if (current != null) {
                member.put("status", current.status());
                version(member, current.version());
            }
        });
        ArrayNode ever = node.putArray("ever");
        state.ever().forEach((status, version) -> version(ever.addObject().put("status", status), version));
        return node.toString();
    }

    /**
     * Reads a state back.
     *
     * @param timeline kept in a column of its own
     */
    static DealState state(String json, List<TimelineStep> timeline) {
        JsonNode node = JSON.readTree(json);
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        Map<ObjectKey, CurrentStatus> current = new HashMap<>();
        for (JsonNode member : node.path("members")) {
            ObjectKey key = new ObjectKey(member.path("key").stringValue());
            Set<ObjectKey> parents = new HashSet<>();
            member.path("parents").forEach(parent -> parents.add(new ObjectKey(parent.stringValue())));
            members.put(key, parents);
            if (member.has("status")) {
                current.put(key, new CurrentStatus(member.path("status").stringValue(), version(member)));
            }
        }
        Map<String, Version> ever = new HashMap<>();
        for (JsonNode each : node.path("ever")) {
            ever.put(each.path("status").stringValue(), version(each));
        }
        @Nullable
        Instant last = node.has("last_instant")
                ? Instant.ofEpochMilli(node.path("last_instant").longValue())
                : null;
        return new DealState(node.path("facts").intValue(), last, members, current, ever, timeline);
    }

    private static void version(ObjectNode node, Version version) {
        if (version.sequence() != null) {
            node.put("sequence", version.sequence());
        }
        node.put("at", version.occurredAt().toEpochMilli());
        node.put("event_id", version.eventId().toString());
    }

    private static Version version(JsonNode node) {
        return new Version(
                node.has("sequence") ? node.path("sequence").longValue() : null,
                Instant.ofEpochMilli(node.path("at").longValue()),
                UUID.fromString(node.path("event_id").stringValue()));
    }

    private static void ids(ArrayNode array, List<UUID> ids) {
        ids.forEach(id -> array.add(id.toString()));
    }

    private static List<UUID> ids(JsonNode array) {
        List<UUID> ids = new ArrayList<>();
        array.forEach(id -> ids.add(UUID.fromString(id.stringValue())));
        return ids;
    }
}
