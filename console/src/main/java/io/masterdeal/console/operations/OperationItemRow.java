package io.masterdeal.console.operations;

import io.masterdeal.console.messages.DeliveryRow;
import io.masterdeal.console.messages.JsonField;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An item of an operation.
 *
 * @param number in the order in which they were worked through, from 1
 * @param eventId of a delivery; null for other items
 * @param name what it is: the key of the object, or the id of a command
 * @param of the subscription, or the reaction
 * @param result what was done with it
 * @param why why it was not done; null if it was
 * @param now its state since; null if it is no longer kept
 * @param nowReason the reason of that state; null if there is none
 * @param since when that state began; null if it is no longer kept
 */
public record OperationItemRow(
        long number,
        @Nullable String eventId,
        String name,
        String of,
        String result,
        @Nullable String why,
        @Nullable String now,
        @Nullable String nowReason,
        @Nullable Instant since) {

    static OperationItemRow read(JsonNode row) {
        JsonNode item = row.path("item");
        String subject = JsonField.text(item, "subject");
        String subscription = JsonField.text(item, "subscription");
        JsonNode since = row.path("since");
        return new OperationItemRow(
                row.path("number").asLong(0),
                JsonField.optional(item, "event_id"),
                subject.isEmpty() ? JsonField.text(item, "id") : subject,
                subscription.isEmpty() ? JsonField.text(item, "reaction") : subscription,
                JsonField.text(row, "result"),
                JsonField.optional(row, "why"),
                JsonField.optional(since, "state"),
                JsonField.optional(since, "reason"),
                JsonField.instant(since, "changed_at"));
    }

    /** The colour of the badge of its present state. */
    public String kind() {
        return now == null ? "" : DeliveryRow.badge(now);
    }
}
