package io.masterdeal.console.rulesets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How many deals are in which stage now, and would be in which by another rule set.
 *
 * @param from the stages of now that have any, in the order of the rule set in use
 * @param to the stages of then that get any
 * @param deals by the stage of now, then by that of then
 */
public record MoveMatrix(List<String> from, List<String> to, Map<String, Map<String, Long>> deals) {

    /**
     * Reads it.
     *
     * @param moves items with {@code from}, {@code to} and {@code deals}
     * @param order the stages of the rule set in use; others come last
     */
    static MoveMatrix of(JsonNode moves, List<String> order) {
        Map<String, Map<String, Long>> deals = new HashMap<>();
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        for (JsonNode move : moves) {
            String before = move.path("from").asString("");
            String after = move.path("to").asString("");
            deals.computeIfAbsent(before, _ -> new HashMap<>())
                    .merge(after, move.path("deals").asLong(0), Long::sum);
            if (!from.contains(before)) {
                from.add(before);
            }
            if (!to.contains(after)) {
                to.add(after);
            }
        }
        from.sort((a, b) -> Integer.compare(place(order, a), place(order, b)));
        to.sort((a, b) -> Integer.compare(place(order, a), place(order, b)));
        return new MoveMatrix(List.copyOf(from), List.copyOf(to), deals);
    }

    private static int place(List<String> order, String stage) {
        int place = order.indexOf(stage);
        return stage.equals("none") ? -1 : place < 0 ? Integer.MAX_VALUE : place;
    }

    /** How many are in one stage and would be in the other. */
    public long of(String before, String after) {
        return deals.getOrDefault(before, Map.of()).getOrDefault(after, 0L);
    }
}
