package io.masterdeal.client;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which deals of the list are wanted. A null matches all.
 *
 * @param stage name of a stage; an unknown one matches no deal
 * @param outcome {@code open} or another outcome; an unknown one matches no deal
 * @param object key of an object that the deal has, such as {@code docflow:contract:K-9}
 */
public record DealFilter(
        @Nullable String stage,
        @Nullable String outcome,
        @Nullable String object) {

    /** All deals. */
    public static final DealFilter ALL = new DealFilter(null, null, null);

    /** The query of the list, without its page. */
    String query() {
        var query = new StringJoiner("&");
        add(query, "stage", stage);
        add(query, "outcome", outcome);
        add(query, "object", object);
        return query.toString();
    }

    private static void add(StringJoiner query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + PlatformClient.encode(value));
        }
    }
}
