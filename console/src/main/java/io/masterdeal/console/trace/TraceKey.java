package io.masterdeal.console.trace;

import java.util.Map;

/**
 * By what a trace is asked for; the first that is given counts.
 *
 * @param event id of an event
 * @param correlation correlation id
 * @param deal id of a deal, or the key of any of its objects
 */
public record TraceKey(String event, String correlation, String deal) {

    static TraceKey of(Map<String, String> query) {
        return new TraceKey(value(query, "event_id"), value(query, "correlation_id"), value(query, "master_deal_id"));
    }

    private static String value(Map<String, String> query, String name) {
        String value = query.getOrDefault(name, "").strip();
        return value.length() > 500 ? value.substring(0, 500) : value;
    }

    /** Whether nothing is asked for. */
    public boolean isEmpty() {
        return event.isEmpty() && correlation.isEmpty() && deal.isEmpty();
    }
}
