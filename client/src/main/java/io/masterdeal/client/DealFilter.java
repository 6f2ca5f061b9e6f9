package io.masterdeal.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which deals of the list are wanted, and in which order. All that is said has to hold. Immutable: each method makes a new filter.
 *
 * @param parameters of the query, as {@code docs/api.md} names them
 */
public record DealFilter(Map<String, String> parameters) {

    /** All deals. */
    public static final DealFilter ALL = new DealFilter(Map.of());

    /** Copies the parameters, whose order is kept. */
    public DealFilter {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Deals by three things that are asked for most. A null matches all.
     *
     * @param stage name of a stage; an unknown one matches no deal
     * @param outcome {@code open} or another outcome; an unknown one matches no deal
     * @param object key of an object that the deal has, such as {@code docflow:contract:K-9}
     */
    public DealFilter(@Nullable String stage, @Nullable String outcome, @Nullable String object) {
        this(given(stage, outcome, object));
    }

    private static Map<String, String> given(
            @Nullable String stage, @Nullable String outcome, @Nullable String object) {
        Map<String, String> given = new LinkedHashMap<>();
        if (stage != null) {
            given.put("stage", stage);
        }
        if (outcome != null) {
            given.put("outcome", outcome);
        }
        if (object != null) {
            given.put("object", object);
        }
        return given;
    }

    /** Only deals in a stage; an unknown one matches no deal. */
    public DealFilter stage(String stage) {
        return with("stage", stage);
    }

    /** Only deals with an outcome, {@code open} or another; an unknown one matches no deal. */
    public DealFilter outcome(String outcome) {
        return with("outcome", outcome);
    }

    /** Only deals that have an object, such as {@code docflow:contract:K-9}. */
    public DealFilter object(String key) {
        return with("object", key);
    }

    /**
     * Only deals whose root has a value in a field.
     *
     * @param name {@code client}, {@code manager}, {@code product}, {@code region} or {@code currency}
     */
    public DealFilter field(String name, String value) {
        return with(name, value);
    }

    /** Only deals that lack a stage: a lower one whose condition does not hold. */
    public DealFilter gap(String stage) {
        return with("gap", stage);
    }

    /** Only deals that are closed, and yet lost or cancelled. */
    public DealFilter contradictory() {
        return with("contradictory", "true");
    }

    /** Only open deals that have been in their stage for longer, by the time of the facts that brought them there. */
    public DealFilter stuckLongerThan(Duration age) {
        return with("stuck_longer_than", age.toString());
    }

    /**
     * Only deals whose newest revision was made then or later.
     *
     * @param instant at most milliseconds
     */
    public DealFilter updatedSince(Instant instant) {
        return with("updated_since", instant.toString());
    }

    /**
     * Orders the list.
     *
     * @param by {@code root}, {@code stage_since}, {@code amount} or {@code updated}, or the same after a {@code -} for the greatest
     *     first. A list has only the deals that have it
     */
    public DealFilter sort(String by) {
        return with("sort", by);
    }

    private DealFilter with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new DealFilter(more);
    }

    /** The query of the list, without its page. */
    String query() {
        var query = new StringJoiner("&");
        parameters.forEach((name, value) -> query.add(name + "=" + PlatformClient.encode(value)));
        return query.toString();
    }
}
