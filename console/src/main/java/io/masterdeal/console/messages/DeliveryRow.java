package io.masterdeal.console.messages;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of an event for a subscription.
 *
 * @param subscription its name
 * @param state pending, parked, delivered, filtered, dead_lettered, refused or discarded
 * @param reason why, as a short code; null if there is none
 * @param replay how often it was redriven
 * @param dueAt when it is tried next; null if it is not to be tried later
 * @param changedAt since when it is in this state
 * @param tries the attempts, the first one first
 */
public record DeliveryRow(
        String subscription,
        String state,
        @Nullable String reason,
        int replay,
        @Nullable Instant dueAt,
        Instant changedAt,
        List<AttemptRow> tries) {

    /**
     * Reads a delivery as the router tells it.
     *
     * @param answers whether the person may see what sinks answered
     */
    public static DeliveryRow read(JsonNode delivery, boolean answers) {
        return new DeliveryRow(
                JsonField.text(delivery, "subscription"),
                JsonField.text(delivery, "state"),
                JsonField.optional(delivery, "reason"),
                delivery.path("replay").asInt(0),
                JsonField.instant(delivery, "due_at"),
                JsonField.time(delivery, "changed_at"),
                delivery.path("tries")
                        .valueStream()
                        .map(attempt -> AttemptRow.read(attempt, answers))
                        .toList());
    }

    /** Whether somebody has to decide. */
    public boolean isDead() {
        return state.equals("dead_lettered");
    }

    /** The colour of its badge. */
    public String kind() {
        return badge(state);
    }

    /** The colour of the badge of a state. */
    public static String badge(String state) {
        return switch (state) {
            case "delivered", "done" -> "ok";
            case "pending", "parked", "running" -> "risk";
            case "dead_lettered", "refused", "failed" -> "bad";
            default -> "";
        };
    }
}
