package io.masterdeal.console.deadletters;

import io.masterdeal.console.messages.AttemptRow;
import io.masterdeal.console.messages.DeliveryRow;
import io.masterdeal.console.messages.JsonField;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dead letter.
 *
 * @param messageId of the message in the router
 * @param eventId of the event
 * @param type of the event
 * @param subject key of the object it is about
 * @param dealId id of the deal; null if the event does not say
 * @param delivery what became of it
 */
public record DeadLetterRow(
        long messageId,
        String eventId,
        String type,
        String subject,
        @Nullable String dealId,
        DeliveryRow delivery) {

    static DeadLetterRow read(JsonNode letter, boolean answers) {
        return new DeadLetterRow(
                letter.path("message_id").asLong(0),
                JsonField.text(letter, "event_id"),
                JsonField.text(letter, "type"),
                JsonField.text(letter, "subject"),
                JsonField.optional(letter, "master_deal_id"),
                DeliveryRow.read(letter, answers));
    }

    /** The last attempt; null if none was made. */
    public @Nullable AttemptRow last() {
        return delivery.tries().isEmpty() ? null : delivery.tries().getLast();
    }
}
