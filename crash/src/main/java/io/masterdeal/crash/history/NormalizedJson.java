package io.masterdeal.crash.history;

import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** JSON as text that is equal for equal values: names sorted, what is null left out, numbers without their type. */
final class NormalizedJson {

    private NormalizedJson() {}

    static String of(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> fields = new TreeMap<>();
            node.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    fields.put(field.getKey(), of(field.getValue()));
                }
            });
            return fields.toString();
        }
        if (node.isArray()) {
            return node.valueStream().map(NormalizedJson::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
