package io.masterdeal.console.deals;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query of an address: parameters in their order, a name as often as it has values. Immutable.
 *
 * @param parameters in their order
 */
public record Query(List<Parameter> parameters) {
    /** Without parameters. */
    public static final Query EMPTY = new Query(List.of());

    /**
     * A name with a value.
     *
     * @param name of the parameter
     * @param value not encoded
     */
    public record Parameter(String name, String value) {}

    /**
     * Reads the query of a request as it was sent. Parameters without a value are left out: a form sends those that nobody filled in.
     *
     * @throws BadFilterException if it is not percent-encoded UTF-8
     */
    public static Query parse(String text) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = decode(pair.substring(equals + 1)).strip();
                if (!value.isEmpty()) {
                    parameters.add(new Parameter(decode(pair.substring(0, equals)), value));
                }
            }
        }
        return new Query(List.copyOf(parameters));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadFilterException("?", text, "percent-encoded UTF-8", e);
        }
    }

    /** All values of a name, in their order. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(each -> each.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** The last value of a name; empty if there is none. */
    public String last(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? "" : values.getLast();
    }

    /** This query and one more parameter. */
    public Query and(String name, String value) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value));
        return new Query(List.copyOf(more));
    }

    /** This query with a parameter in the place of all of that name. */
    public Query with(String name, String value) {
        return without(name).and(name, value);
    }

    /** This query without the parameters of some names. */
    public Query without(String... names) {
        List<String> unwanted = List.of(names);
        return new Query(parameters.stream()
                .filter(each -> !unwanted.contains(each.name()))
                .toList());
    }

    /** As in an address, without {@code ?}. */
    public String text() {
        return parameters.stream()
                .map(each -> encode(each.name()) + "=" + encode(each.value()))
                .collect(Collectors.joining("&"));
    }

    /** The address of a page with this query. */
    public String at(String path) {
        return parameters.isEmpty() ? path : path + "?" + text();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
