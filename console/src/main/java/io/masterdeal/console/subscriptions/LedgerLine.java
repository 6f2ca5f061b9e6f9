package io.masterdeal.console.subscriptions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What became of the events that a subscription has accepted.
 *
 * @param accepted how many it was to get
 * @param parts how many of these are in which state
 */
public record LedgerLine(long accepted, Map<String, Long> parts) {
    /** The states in which a delivery can be; each is in exactly one. */
    public static final List<String> STATES =
            List.of("delivered", "pending", "parked", "filtered", "dead_lettered", "refused", "discarded");

    static LedgerLine of(JsonNode line) {
        Map<String, Long> parts = new LinkedHashMap<>();
        STATES.forEach(state -> parts.put(state, line.path(state).asLong(0)));
        return new LedgerLine(line.path("accepted").asLong(0), parts);
    }

    /** How many are in a state. */
    public long of(String state) {
        return parts.getOrDefault(state, 0L);
    }

    /** How many still wait: for their turn, or for the ones before them. */
    public long waiting() {
        return of("pending") + of("parked");
    }

    /** How many are in no state; 0 unless something was lost or counted twice. */
    public long missing() {
        return accepted - parts.values().stream().mapToLong(Long::longValue).sum();
    }
}
