package io.masterdeal.console.conflicts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The contents of an event id side by side.
 *
 * @param eventId what they have in common
 * @param contents in the order in which the service tells them
 * @param rows one for each field that any of them has, those that differ first
 */
public record ContentComparison(String eventId, List<JsonNode> contents, List<Row> rows) {

    /**
     * A field.
     *
     * @param field its name; parts of objects are separated by a point
     * @param values of each content; an empty text where it has none
     * @param differs whether the values are not all the same
     */
    public record Row(String field, List<String> values, boolean differs) {}

    static ContentComparison of(JsonNode conflict) {
        return of(conflict.path("event_id").asString(""), conflict.path("contents"));
    }

    /** @param contents an array */
    static ContentComparison of(String eventId, JsonNode contents) {
        List<JsonNode> all = new ArrayList<>();
        contents.forEach(all::add);
        Set<String> fields = new LinkedHashSet<>();
        all.forEach(content -> content.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                field.getValue().propertyNames().forEach(part -> fields.add(field.getKey() + "." + part));
            } else {
                fields.add(field.getKey());
            }
        }));
        fields.remove("event_id");
        List<Row> rows = new ArrayList<>();
        for (String field : fields) {
            List<String> values =
                    all.stream().map(content -> value(content, field)).toList();
            rows.add(new Row(field, values, Set.copyOf(values).size() > 1));
        }
        rows.sort((a, b) -> Boolean.compare(b.differs(), a.differs()));
        return new ContentComparison(eventId, List.copyOf(all), List.copyOf(rows));
    }

    /** The names of attributes may have points in them: only the first one separates. */
    private static String value(JsonNode content, String field) {
        int point = field.indexOf('.');
        JsonNode found = point < 0
                ? content.path(field)
                : content.path(field.substring(0, point)).path(field.substring(point + 1));
        if (found.isMissingNode() || found.isNull()) {
            return "";
        }
        if (found.isArray()) {
            List<String> parts = new ArrayList<>();
            found.forEach(part -> parts.add(part.isString() ? part.stringValue() : part.toString()));
            return String.join(", ", parts);
        }
        return found.isString() ? found.stringValue() : found.toString();
    }

    /** The fields of the event itself that differ, not those of how it came. */
    public List<String> differing() {
        return rows.stream()
                .filter(Row::differs)
                .map(Row::field)
                .filter(field -> !Set.of("content_hash", "origin", "received_at", "replayed", "traceparent")
                        .contains(field))
                .toList();
    }
}
