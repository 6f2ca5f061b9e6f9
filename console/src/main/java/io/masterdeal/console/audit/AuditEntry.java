package io.masterdeal.console.audit;

import io.masterdeal.console.platform.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an operator did.
 *
 * @param role in which
 * @param at when
 * @param told the action as the role tells it
 */
public record AuditEntry(RoleName role, Instant at, JsonNode told) {

    static AuditEntry of(RoleName role, JsonNode told) {
        return new AuditEntry(role, Instant.parse(told.path("acted_at").asString("")), told);
    }

    /** A field of the action; empty if it has none. */
    public String text(String field) {
        return told.path(field).asString("");
    }

    /** What was asked for, as names and values. */
    public List<String> selection() {
        List<String> parts = new ArrayList<>();
        JsonNode selection = told.path("selection");
        selection.properties().forEach(part -> {
            String value = part.getValue().isString()
                    ? part.getValue().stringValue()
                    : part.getValue().toString();
            parts.add(part.getKey() + ": " + (value.length() > 200 ? value.substring(0, 200) + "…" : value));
        });
        return parts;
    }
}
