package io.masterdeal.console.monitoring;

import java.util.Map;
import java.util.TreeMap;

/**
 * The name of a series of measured values.
 *
 * @param name as Prometheus writes it, such as {@code masterdeal_relay_lag_bytes}
 * @param labels by name
 */
public record Metric(String name, Map<String, String> labels) {
    /** A series without labels. */
    public static Metric of(String name) {
        return new Metric(name, Map.of());
    }

    /** Its labels with some names only. */
    Map<String, String> only(Iterable<String> names) {
        Map<String, String> chosen = new TreeMap<>();
        for (String label : names) {
            chosen.put(label, labels.getOrDefault(label, ""));
        }
        return chosen;
    }
}
