package io.masterdeal.app.replay.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A value of a mapping file with its place in it (a JSON pointer, RFC 6901), so that every error can name the place. */
record LocatedJson(Path file, String pointer, JsonNode node) {

    MappingException error(String what, String remedy) {
        return new MappingException(file, pointer.isEmpty() ? "the whole file" : pointer, what, remedy);
    }

    /** Refuses anything but an object with no other fields than these. */
    LocatedJson objectOf(String... allowed) {
        for (String name : entries().keySet()) {
            if (!List.of(allowed).contains(name)) {
                throw new LocatedJson(file, child(name), node)
                        .error("there is no such field.", "Fields here are " + String.join(", ", allowed) + ".");
            }
        }
        return this;
    }

    LocatedJson required(String name) {
        LocatedJson value = optional(name);
        if (value == null) {
            throw error("\"" + name + "\" is missing.", "Give it.");
        }
        return value;
    }

    /** The field of an object; null where it is absent or null. */
    @Nullable
    LocatedJson optional(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : new LocatedJson(file, child(name), value);
    }

    String text() {
        if (!node.isString()) {
            throw error("expected a text, this is " + kind() + ".", "Write it in quotation marks.");
        }
        return node.stringValue();
    }

    List<LocatedJson> items() {
        if (!node.isArray()) {
            throw error("expected a list, this is " + kind() + ".", "Write it in [ ].");
        }
        List<LocatedJson> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new LocatedJson(file, pointer + "/" + i, node.get(i)));
        }
        return items;
    }

    SequencedMap<String, LocatedJson> entries() {
        if (!node.isObject()) {
            throw error("expected an object, this is " + kind() + ".", "Write it in { }.");
        }
        SequencedMap<String, LocatedJson> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            entries.put(entry.getKey(), new LocatedJson(file, child(entry.getKey()), entry.getValue()));
        }
        return entries;
    }

    String kind() {
        return switch (node.getNodeType()) {
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BINARY, MISSING, POJO -> "something else";
        };
    }

    private String child(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
