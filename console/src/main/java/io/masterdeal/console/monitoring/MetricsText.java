package io.masterdeal.console.monitoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of {@code /actuator/prometheus}: only the series that are watched, so that a sample stays small. */
final class MetricsText {

    /** What alarms and figures are made of. */
    static final Set<String> WATCHED = Set.of(
            "masterdeal_gateway_events_rejected_total",
            "masterdeal_gateway_route_calls_seconds_count",
            "masterdeal_intake_events_total",
            "masterdeal_intake_refused_total",
            "masterdeal_intake_conflicts_total",
            "masterdeal_intake_held",
            "masterdeal_intake_incidents_total",
            "masterdeal_relay_events_total",
            "masterdeal_relay_leading",
            "masterdeal_relay_incidents",
            "masterdeal_relay_parked",
            "masterdeal_store_failing_folds",
            "masterdeal_store_transaction_retries_total",
            "masterdeal_effects_entered_total",
            "masterdeal_orphans",
            "masterdeal_sla_clocks",
            "masterdeal_sla_at_risk",
            "masterdeal_sla_deadlines_lag_seconds",
            "masterdeal_sla_statements",
            "masterdeal_router_dead_letters_total",
            "masterdeal_router_stopped_subscriptions",
            "masterdeal_router_filters_total",
            "http_server_requests_seconds_count");

    /** A process with a fault could have any number of series. */
    private static final int MOST_SERIES = 2_000;

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private MetricsText() {}

    static Map<Metric, Double> read(String text) {
        Map<Metric, Double> values = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            if (values.size() < MOST_SERIES && !line.startsWith("#")) {
                readLine(line, values);
            }
        }
        return values;
    }

    private static void readLine(String line, Map<Metric, Double> into) {
        int nameEnd = line.indexOf('{');
        int labelsEnd = line.lastIndexOf('}');
        int valueAt = labelsEnd < 0 ? line.indexOf(' ') : labelsEnd + 1;
        if (valueAt <= 0 || (nameEnd >= 0 && labelsEnd < nameEnd)) {
            return;
        }
        String name = line.substring(0, nameEnd < 0 ? valueAt : nameEnd);
        if (!WATCHED.contains(name)) {
            return;
        }
        Map<String, String> labels = nameEnd < 0 ? Map.of() : labels(line.substring(nameEnd + 1, labelsEnd));
        if (name.startsWith("http_server") && !labels.getOrDefault("status", "").startsWith("50")) {
            return; // Only refusals count, and each path would be a series.
        }
        try {
            String number = line.substring(valueAt).strip();
            int timestamp = number.indexOf(' ');
            double value = Double.parseDouble(timestamp < 0 ? number : number.substring(0, timestamp));
            if (!Double.isNaN(value)) {
                into.merge(new Metric(name, labels), value, Double::sum);
            }
        } catch (NumberFormatException _) {
            // Not a number as Java writes it, such as +Inf: no series of ours has that.
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher found = LABEL.matcher(text);
        while (found.find()) {
            labels.put(
                    found.group(1).intern(),
                    found.group(2)
                            .replace("\\\"", "\"")
                            .replace("\\n", "\n")
                            .replace("\\\\", "\\")
                            .intern());
        }
        return Map.copyOf(labels);
    }
}
