package io.masterdeal.console.conflicts;

import io.masterdeal.console.platform.QueryPath;
import tools.jackson.databind.JsonNode;

/**
 * Which conflicts a page shows. Empty texts choose nothing.
 *
 * @param system of an object that one of the contents is about
 * @param type of one of the events, or how it begins
 * @param cursor where the page begins
 */
public record ConflictChoice(String system, String type, String cursor) {

    boolean wants(JsonNode conflict) {
        for (JsonNode content : conflict.path("contents")) {
            String subject = content.path("subject").asString("");
            if ((system.isEmpty() || subject.startsWith(system + ":"))
                    && content.path("type").asString("").startsWith(type)) {
                return true;
            }
        }
        return false;
    }

    ConflictChoice from(String next) {
        return new ConflictChoice(system, type, next);
    }

    /** The address of the list from another place on. */
    public String link(String next) {
        return QueryPath.of("/conflicts")
                .with("system", system)
                .with("type", type)
                .with("cursor", next)
                .toString();
    }

    /** The address of the same as a table for a spreadsheet. */
    public String csv() {
        return QueryPath.of("/conflicts.csv")
                .with("system", system)
                .with("type", type)
                .toString();
    }
}
