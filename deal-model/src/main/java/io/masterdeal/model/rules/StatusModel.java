package io.masterdeal.model.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The statuses of one object kind (ruling 8). A status that is not listed is live, reaches nothing, and still replaces
 * the one before.
 *
 * @param order the ordered statuses, first to last, so that "Plan Ready or later" has a meaning
 * @param dead statuses outside the order in which the object does not count any more
 * @param outcomes statuses outside the order that end a deal; only roots have any
 * @param aside statuses outside the order that reach nothing, but are live: listed, so that a slip of the pen is seen
 * @param position of each ordered status, derived
 */
public record StatusModel(
        List<String> order,
        Set<String> dead,
        Map<String, Outcome> outcomes,
        Set<String> aside,
        Map<String, Integer> position) {

    /**
     * @throws IllegalArgumentException if a status is listed twice
     */
    public StatusModel {
        order = List.copyOf(order);
        dead = Set.copyOf(dead);
        outcomes = Map.copyOf(outcomes);
        aside = Set.copyOf(aside);
        Map<String, Integer> positions = new HashMap<>();
        for (String status : order) {
            if (positions.put(status, positions.size()) != null) {
                throw new IllegalArgumentException("status '" + status + "' is listed twice");
            }
        }
        for (Set<String> outside : List.of(dead, outcomes.keySet(), aside)) {
            for (String status : outside) {
                if (positions.put(status, -1) != null) {
                    throw new IllegalArgumentException("status '" + status + "' is listed twice");
                }
            }
        }
        positions.values().removeIf(place -> place < 0);
        position = Map.copyOf(positions);
    }

    /** The same, with the positions derived. */
    public StatusModel(List<String> order, Set<String> dead, Map<String, Outcome> outcomes, Set<String> aside) {
        this(order, dead, outcomes, aside, Map.of());
    }

    /** Whether an object in this status still counts. */
    public boolean isLive(String status) {
        return !dead.contains(status);
    }

    /**
     * Whether a status is at or past a milestone. Statuses outside the order never are.
     *
     * @param milestone an ordered status
     */
    public boolean isAtOrPast(String status, String milestone) {
        Integer at = position.get(status);
        Integer needed = position.get(milestone);
        return at != null && needed != null && at >= needed;
    }

    /** Whether the status stands anywhere in this model. */
    public boolean lists(String status) {
        return position.containsKey(status)
                || dead.contains(status)
                || outcomes.containsKey(status)
                || aside.contains(status);
    }
}
