package io.masterdeal.console.trace;

import io.masterdeal.console.messages.DeliveryRow;
import io.masterdeal.console.messages.JsonField;
import io.masterdeal.console.messages.MessageRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of a trace: what the service and the router know of it.
 *
 * @param id of the event
 * @param type of the event; empty of a retraction that only the service knows
 * @param subject key of the object, or of the deal's root
 * @param occurredAt by the clock of its system, UTC; null if nobody tells it
 * @param publishedAt when the gateway took it in, or the service published it, UTC; null if nobody tells it
 * @param committedAt when the service stored it as a fact, UTC; null if it has not, or does not tell
 * @param readAt when the router read it from its topic, UTC; null if it has not, or no longer knows
 * @param deliveries one a subscription that wants its type
 * @param causes ids of the events that caused a canonical event; empty for other events
 * @param traceparent W3C trace context; null if it has none
 */
public record TraceEvent(
        String id,
        String type,
        String subject,
        @Nullable Instant occurredAt,
        @Nullable Instant publishedAt,
        @Nullable Instant committedAt,
        @Nullable Instant readAt,
        List<DeliveryRow> deliveries,
        List<String> causes,
        @Nullable String traceparent) {

    static TraceEvent of(MessageRow message) {
        return new TraceEvent(
                message.eventId(),
                message.type(),
                message.subject(),
                message.occurredAt(),
                message.publishedAt(),
                null,
                message.acceptedAt(),
                message.deliveries(),
                message.causes(),
                null);
    }

    static TraceEvent ofFact(JsonNode fact) {
        return new TraceEvent(
                JsonField.text(fact, "event_id"),
                JsonField.text(fact, "type"),
                JsonField.text(fact, "subject"),
                JsonField.instant(fact, "occurred_at"),
                null,
                JsonField.instant(fact, "received_at"),
                null,
                List.of(),
                List.of(),
                JsonField.optional(fact, "traceparent"));
    }

    /** The same event with what another role knows of it. */
    TraceEvent with(TraceEvent other) {
        return new TraceEvent(
                id,
                type.isEmpty() ? other.type : type,
                subject.isEmpty() ? other.subject : subject,
                occurredAt == null ? other.occurredAt : occurredAt,
                publishedAt == null ? other.publishedAt : publishedAt,
                committedAt == null ? other.committedAt : committedAt,
                readAt == null ? other.readAt : readAt,
                deliveries.isEmpty() ? other.deliveries : deliveries,
                causes.isEmpty() ? other.causes : causes,
                traceparent == null ? other.traceparent : traceparent);
    }

    /** Whether it is an event of MasterDeal itself, which says where a deal stands. */
    public boolean isCanonical() {
        return type.startsWith("masterdeal.");
    }

    /** Whether a system sent it to the gateway; others are published by roles. */
    public boolean isFromSystem() {
        return !isCanonical() && !type.equals("error.event");
    }

    /** The earliest instant that is known after its system made it, which orders events; the end of time if none is known. */
    Instant known() {
        return Stream.of(publishedAt, committedAt, readAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(occurredAt == null ? Instant.MAX : occurredAt);
    }
}
