package io.masterdeal.app.ask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The query of a request, made of the parameters that are given. */
public final class QueryString {

    private final StringJoiner parameters = new StringJoiner("&");

    /** Adds a parameter, unless it is null. */
    public QueryString add(String name, @Nullable Object value) {
        if (value != null) {
            parameters.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
        return this;
    }

    /** A path with this query. */
    public String after(String path) {
        return parameters.length() == 0 ? path : path + "?" + parameters;
    }
}
