package io.masterdeal.console.deadletters;

import io.masterdeal.console.messages.QueryText;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which dead letters are meant: those that fulfil everything that is given. Empty texts narrow nothing.
 *
 * @param subscription name
 * @param type of the events
 * @param deal id of the deal, or the key of its root
 * @param reason as a short code, such as {@code gave-up}
 * @param lastStatus HTTP status of the last answer
 * @param event id of one event; only for decisions
 */
public record DeadLetterFilter(
        String subscription, String type, String deal, String reason, String lastStatus, String event) {

    /** The filter of a request. */
    static DeadLetterFilter of(Map<String, String> query) {
        return new DeadLetterFilter(
                value(query, "subscription"),
                value(query, "type"),
                value(query, "master_deal_id"),
                value(query, "reason_code"),
                value(query, "last_status"),
                value(query, "event_id"));
    }

    private static String value(Map<String, String> query, String name) {
        String value = query.getOrDefault(name, "").strip();
        return value.length() > 500 ? value.substring(0, 500) : value;
    }

    /** The query of a page about the same dead letters. */
    public QueryText query() {
        return new QueryText()
                .with("subscription", subscription)
                .with("type", type)
                .with("master_deal_id", deal)
                .with("reason_code", reason)
                .with("last_status", lastStatus)
                .with("event_id", event);
    }

    /** Whether it means every dead letter. */
    public boolean isAll() {
        return query().toString().isEmpty();
    }

    /**
     * The query for the router's lists.
     *
     * @param dealId id of the deal; null if the filter names none
     */
    QueryText toRouter(@Nullable UUID dealId) {
        return new QueryText()
                .with("subscription", subscription)
                .with("type", type)
                .with("master_deal_id", dealId)
                .with("reason", reason)
                .with("last_status", lastStatus);
    }

    /**
     * What the router is asked to decide on.
     *
     * @param dealId id of the deal; null if the filter names none
     */
    ObjectNode selection(@Nullable UUID dealId) {
        ObjectNode selection = JsonMapper.shared().createObjectNode();
        put(selection, "subscription", subscription);
        put(selection, "type", type);
        put(selection, "reason", reason);
        if (dealId != null) {
            selection.put("master_deal_id", dealId.toString());
        }
        if (lastStatus.matches("\\d{1,9}")) {
            selection.put("last_status", Integer.parseInt(lastStatus));
        }
        if (!event.isEmpty()) {
            selection.putArray("event_ids").add(event);
        }
        return selection;
    }

    private static void put(ObjectNode selection, String name, String value) {
        if (!value.isEmpty()) {
            selection.put(name, value);
        }
    }
}
