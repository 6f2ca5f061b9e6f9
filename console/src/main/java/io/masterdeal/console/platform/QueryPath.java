package io.masterdeal.console.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path with its query, as requests to roles and links of pages have it. Values are encoded, and empty ones left out. Immutable. */
public final class QueryPath {

    private final String text;

    private QueryPath(String text) {
        this.text = text;
    }

    /** A path without a query yet, encoded already. */
    public static QueryPath of(String path) {
        return new QueryPath(path);
    }

    /** The same with one more parameter; the same without it if the value is null or empty. */
    public QueryPath with(String name, @Nullable String value) {
        return value == null || value.isEmpty()
                ? this
                : new QueryPath(text + (text.indexOf('?') < 0 ? '?' : '&') + name + '=' + encoded(value));
    }

    /** A part of a path or a value, percent-encoded. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text;
    }
}
