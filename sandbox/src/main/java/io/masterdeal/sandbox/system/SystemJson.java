package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.text.Rfc3339;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which the systems answer. */
public final class SystemJson {
    private SystemJson() {}

    /**
     * An object.
     *
     * @param object as its system shows it
     * @return its JSON
     */
    public static ObjectNode object(ObjectView object) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("key", object.key()).put("kind", object.kind()).put("status", object.status());
        texts(json.putObject("attributes"), object.attributes());
        texts(json.putArray("links"), object.links());
        json.put("version", object.version()).put("updated_at", Rfc3339.format(object.updatedAt()));
        json.put("correlation_id", object.correlationId()).put("last_event", object.lastEvent());
        return json;
    }

    /**
     * A page of objects.
     *
     * @param page the objects
     * @return its JSON; {@code next} is absent on the last page
     */
    public static ObjectNode page(ResultPage<ObjectView> page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(object -> items.add(object(object)));
        next(json, page);
        return json;
    }

    /**
     * Says where the next page begins.
     *
     * @param json of the page
     * @param page the page
     */
    public static void next(ObjectNode json, ResultPage<?> page) {
        if (page.next() != null) {
            json.put("next", Long.toString(page.next()));
        }
    }

    /**
     * The history of an object.
     *
     * @param history its changes
     * @return its JSON
     */
    public static ObjectNode history(List<HistoryItem> history) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        history.forEach(item -> items.add(item(item)));
        return json;
    }

    private static ObjectNode item(HistoryItem item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event_id", item.eventId().toString()).put("type", item.type());
        json.put("status", item.status()).put("local_status", item.localStatus());
        json.put("at", Rfc3339.format(item.at()));
        if (item.sequence() != null) {
            json.put("sequence", item.sequence());
        }
        texts(json.putArray("links"), item.links());
        texts(json.putObject("attributes"), item.attributes());
        if (!item.retracts().isEmpty()) {
            texts(json.putArray("retracts"), item.retracts());
        }
        json.put("retracted", item.retracted());
        return json;
    }

    /**
     * Puts texts into an array.
     *
     * @param array takes them
     * @param texts any
     */
    public static void texts(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }

    /**
     * Puts texts into an object, by name.
     *
     * @param object takes them
     * @param texts by name
     */
    public static void texts(ObjectNode object, Map<String, String> texts) {
        new TreeMap<>(texts).forEach(object::put);
    }
}
