package io.masterdeal.facts;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which the store keeps compound values in {@code jsonb} columns. */
final class StoredJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredJson() {}

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
}
