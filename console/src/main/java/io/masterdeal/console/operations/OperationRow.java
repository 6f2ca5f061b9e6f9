package io.masterdeal.console.operations;

import io.masterdeal.console.messages.DeliveryRow;
import io.masterdeal.console.messages.JsonField;
import io.masterdeal.console.platform.RoleName;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An operation on many items.
 *
 * @param role that does it
 * @param id of the operation
 * @param state running, done, stopped or failed
 * @param action such as redrive
 * @param selection which items it was asked for, as JSON
 * @param reason why, as the person said
 * @param actedBy the person
 * @param limit the most items it works through
 * @param items how many were worked through
 * @param results how many of them have which result
 * @param failure why the last part failed; null if it did not
 * @param startedAt UTC
 * @param endedAt UTC; null while it runs
 * @param stoppedBy who stopped it; null if nobody did
 */
public record OperationRow(
        RoleName role,
        String id,
        String state,
        String action,
        String selection,
        String reason,
        String actedBy,
        long limit,
        long items,
        Map<String, Long> results,
        @Nullable String failure,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String stoppedBy) {

    static OperationRow read(RoleName role, JsonNode operation) {
        Map<String, Long> results = new TreeMap<>();
        operation
                .path("results")
                .properties()
                .forEach(
                        result -> results.put(result.getKey(), result.getValue().asLong(0)));
        return new OperationRow(
                role,
                JsonField.text(operation, "id"),
                JsonField.text(operation, "state"),
                JsonField.text(operation, "action"),
                operation.path("selection").toString(),
                JsonField.text(operation, "reason"),
                JsonField.text(operation, "acted_by"),
                operation.path("limit").asLong(0),
                operation.path("items").asLong(0),
                results,
                JsonField.optional(operation, "failure"),
                JsonField.time(operation, "started_at"),
                JsonField.instant(operation, "ended_at"),
                JsonField.optional(operation, "stopped_by"));
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** The colour of its badge. */
    public String kind() {
        return DeliveryRow.badge(state);
    }

    /** How far it is, from 0 to 1000. */
    public int progress() {
        return isRunning() && limit > 0 ? (int) Math.min(1000, items * 1000 / limit) : 1000;
    }
}
