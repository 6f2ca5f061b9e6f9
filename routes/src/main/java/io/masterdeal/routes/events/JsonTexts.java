package io.masterdeal.routes.events;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes the text values in JSON, and nothing else: names, numbers and the structure stay. */
public final class JsonTexts {

    private JsonTexts() {}

    /** A copy in which each text value is replaced by the result of a function. */
    public static JsonNode changed(JsonNode json, UnaryOperator<String> change) {
        if (json.isString()) {
            return JsonNodeFactory.instance.stringNode(change.apply(json.stringValue()));
        }
        if (json instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(it -> copy.set(it.getKey(), changed(it.getValue(), change)));
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(it -> copy.add(changed(it, change)));
            return copy;
        }
        return json;
    }
}
