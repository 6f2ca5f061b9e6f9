package io.masterdeal.console.messages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The query of an address: names with values, percent-encoded, without those that are empty. Immutable. */
public final class QueryText {

    private final String text;

    /** An empty query. */
    public QueryText() {
        this("");
    }

    private QueryText(String text) {
        this.text = text;
    }

    /** A query with one more value; the same if the value is empty or null. */
    public QueryText with(String name, @Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return this;
        }
        return new QueryText((text.isEmpty() ? "" : text + "&") + name + "=" + encoded(value.toString()));
    }

    /** A text as a part of a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path with this query. */
    public String on(String path) {
        return text.isEmpty() ? path : path + "?" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
