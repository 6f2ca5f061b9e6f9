package io.masterdeal.console.messages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are listed: those that fulfil everything that is given. Empty texts narrow nothing.
 *
 * @param event id of the event
 * @param correlation correlation id
 * @param deal id of the deal, or the key of its root
 * @param type of the event
 * @param subject key of the object
 * @param subscription name
 * @param state of a delivery
 * @param from accepted at this local time or later, as a form sends it: {@code 2026-03-02T09:00}
 * @param to accepted before this local time
 */
public record MessageFilter(
        String event,
        String correlation,
        String deal,
        String type,
        String subject,
        String subscription,
        String state,
        String from,
        String to) {

    /** The states of deliveries, in the order in which they are offered. */
    public static final List<String> STATES =
            List.of("pending", "parked", "delivered", "filtered", "dead_lettered", "refused", "discarded");

    /** The filter of a request. */
    static MessageFilter of(Map<String, String> query) {
        return new MessageFilter(
                value(query, "event_id"),
                value(query, "correlation_id"),
                value(query, "master_deal_id"),
                value(query, "type"),
                value(query, "subject"),
                value(query, "subscription"),
                value(query, "state"),
                value(query, "from"),
                value(query, "to"));
    }

    private static String value(Map<String, String> query, String name) {
        String value = query.getOrDefault(name, "").strip();
        return value.length() > 500 ? value.substring(0, 500) : value;
    }

    /** The query of the page that lists the same. */
    public QueryText query() {
        return new QueryText()
                .with("event_id", event)
                .with("correlation_id", correlation)
                .with("master_deal_id", deal)
                .with("type", type)
                .with("subject", subject)
                .with("subscription", subscription)
                .with("state", state)
                .with("from", from)
                .with("to", to);
    }

    /**
     * The query for the router.
     *
     * @param dealId id of the deal if the filter names one; null if it names none
     * @param zone in which the times are typed
     * @throws DateTimeException if a time is none
     */
    QueryText toRouter(@Nullable UUID dealId, ZoneId zone) {
        return new QueryText()
                .with("event_id", event)
                .with("correlation_id", correlation)
                .with("master_deal_id", dealId == null ? "" : dealId.toString())
                .with("type", type)
                .with("subject", subject)
                .with("subscription", subscription)
                .with("state", state)
                .with("since", instant(from, zone))
                .with("until", instant(to, zone));
    }

    private static String instant(String local, ZoneId zone) {
        if (local.isEmpty()) {
            return "";
        }
        return local.endsWith("Z")
                ? Instant.parse(local).toString()
                : LocalDateTime.parse(local).atZone(zone).toInstant().toString();
    }
}
