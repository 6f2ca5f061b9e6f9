package io.masterdeal.model.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The statuses of one object kind (ruling 8). A status that is not listed is live, is at or past no other status, and still
 * replaces the previous one.
 *
 * @param order the ordered statuses from first to last, which define "Plan Ready or later"
 * @param dead statuses outside the order with which the object is no longer live
 * @param outcomes statuses outside the order that end a deal; only for roots
 * @param aside live statuses outside the order; listed only so that misspelled statuses are detected
 * @param position derived: the position of each ordered status
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

    /** Creates a model; the positions are derived. */
    public StatusModel(List<String> order, Set<String> dead, Map<String, Outcome> outcomes, Set<String> aside) {
        this(order, dead, outcomes, aside, Map.of());
    }

    /** Whether an object with this status is live. */
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

    /** Whether the status is listed in this model, in the order or outside it. */
    public boolean lists(String status) {
        return position.containsKey(status)
                || dead.contains(status)
                || outcomes.containsKey(status)
                || aside.contains(status);
    }
}
