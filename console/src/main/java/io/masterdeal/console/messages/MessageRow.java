package io.masterdeal.console.messages;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event that the router has read.
 *
 * @param id in the order of acceptance by the router
 * @param eventId of the event
 * @param type of the event
 * @param subject key of the object it is about
 * @param dealId id of the deal; null if the event does not say
 * @param correlationId common to the steps of a business process; null if the event does not say
 * @param origin topic, partition and offset
 * @param occurredAt by the clock of its system; null if the router does not tell it
 * @param publishedAt when the gateway, or the service, published it, UTC; null if the router does not tell it
 * @param acceptedAt when the router read it, UTC
 * @param deliveries one a subscription that wants its type
 * @param causes ids of the events that caused a canonical event; empty for other events
 * @param published ids of the canonical events that it caused; empty in lists
 */
public record MessageRow(
        long id,
        String eventId,
        String type,
        String subject,
        @Nullable String dealId,
        @Nullable String correlationId,
        String origin,
        @Nullable Instant occurredAt,
        @Nullable Instant publishedAt,
        Instant acceptedAt,
        List<DeliveryRow> deliveries,
        List<String> causes,
        List<String> published) {

    /**
     * Reads an item of the router's list.
     *
     * @param answers whether the person may see what sinks answered
     */
    public static MessageRow read(JsonNode item, boolean answers) {
        JsonNode message = item.path("message");
        return new MessageRow(
                message.path("id").asLong(0),
                JsonField.text(message, "event_id"),
                JsonField.text(message, "type"),
                JsonField.text(message, "subject"),
                JsonField.optional(message, "master_deal_id"),
                JsonField.optional(message, "correlation_id"),
                JsonField.text(message, "topic") + "-"
                        + message.path("partition").asInt(0) + "@"
                        + message.path("offset").asLong(0),
                JsonField.instant(message, "occurred_at"),
                JsonField.instant(message, "published_at"),
                JsonField.time(message, "accepted_at"),
                message.path("deliveries")
                        .valueStream()
                        .map(delivery -> DeliveryRow.read(delivery, answers))
                        .toList(),
                message.path("causes")
                        .valueStream()
                        .map(cause -> cause.asString(""))
                        .toList(),
                message.path("published")
                        .valueStream()
                        .map(event -> JsonField.text(event, "event_id"))
                        .toList());
    }

    /** Whether it is an event of MasterDeal itself, which says where a deal stands. */
    public boolean isCanonical() {
        return type.startsWith("masterdeal.");
    }

    /** Whether a system sent it to the gateway; others are published by roles. */
    public boolean isFromSystem() {
        return !isCanonical() && !type.equals("error.event");
    }
}
