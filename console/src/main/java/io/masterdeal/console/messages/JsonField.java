package io.masterdeal.console.messages;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields of other roles' answers. What is missing or of another type is empty or null, since roles may be of other versions. */
public final class JsonField {

    private JsonField() {}

    /** A text; empty if there is none. */
    public static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    /** A text; null if there is none, or an empty one. */
    public static @Nullable String optional(JsonNode node, String name) {
        String text = text(node, name);
        return text.isEmpty() ? null : text;
    }

    /** A whole number; null if there is none. */
    public static @Nullable Integer number(JsonNode node, String name) {
        return node.path(name).isInt() ? node.path(name).intValue() : null;
    }

    /** An instant; null if there is none. */
    public static @Nullable Instant instant(JsonNode node, String name) {
        try {
            String text = text(node, name);
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** An instant; the beginning of 1970 if there is none. */
    public static Instant time(JsonNode node, String name) {
        Instant instant = instant(node, name);
        return instant == null ? Instant.EPOCH : instant;
    }
}
