package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.text.JsonPointers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request into a {@link Change}. Its texts are checked against the contracts later. */
record ChangeReader(Change change, List<String> retracts) {
    private static final Set<String> MEMBERS =
            Set.of("id", "links", "attributes", "retracts", "correlation_id", "causation_id");

    /** An id is part of a path and of a key. */
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /**
     * Reads a body.
     *
     * @throws Refusal with every error found
     */
    static ChangeReader read(JsonNode body, @Nullable String traceparent) {
        var errors = new ArrayList<Violation>();
        if (!body.isObject()) {
            throw Refusal.invalid(List.of(new Violation("", "must be an object")));
        }
        body.properties().forEach(member -> {
            if (!MEMBERS.contains(member.getKey())) {
                errors.add(new Violation(
                        JsonPointers.child("", member.getKey()),
                        "is not known; there are " + new java.util.TreeSet<>(MEMBERS)));
            }
        });
        String id = text(body, "id", errors);
        if (id != null && !id.matches(ID)) {
            errors.add(new Violation("/id", "must be letters, digits, \".\", \"_\" and \"-\", 100 at most"));
        }
        List<String> links = texts(body, "links", errors);
        for (int i = 0; i < links.size(); i++) {
            if (!DomainSystem.isKey(links.get(i))) {
                errors.add(new Violation("/links/" + i, "must be an object key \"domain:kind:id\""));
            }
        }
        var context = new Change.Context(
                text(body, "correlation_id", errors), text(body, "causation_id", errors), traceparent);
        var change = new Change(id, links, attributes(body.path("attributes"), errors), context, Duration.ZERO);
        List<String> retracts = texts(body, "retracts", errors);
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
        return new ChangeReader(change, retracts);
    }

    private static @Nullable String text(JsonNode body, String name, List<Violation> errors) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            errors.add(new Violation("/" + name, "must be a string"));
            return null;
        }
        return value.stringValue();
    }

    private static List<String> texts(JsonNode body, String name, List<Violation> errors) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        if (!value.isArray()) {
            errors.add(new Violation("/" + name, "must be an array of strings"));
        }
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isString()) {
                texts.add(value.get(i).stringValue());
            } else {
                errors.add(new Violation("/" + name + "/" + i, "must be a string"));
            }
        }
        return texts;
    }

    private static Map<String, String> attributes(JsonNode value, List<Violation> errors) {
        var attributes = new TreeMap<String, String>();
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            errors.add(new Violation("/attributes", "must be an object of strings"));
        }
        value.properties().forEach(member -> {
            if (member.getValue().isString()) {
                attributes.put(member.getKey(), member.getValue().stringValue());
            } else {
                errors.add(new Violation(JsonPointers.child("/attributes", member.getKey()), "must be a string"));
            }
        });
        return attributes;
    }
}
