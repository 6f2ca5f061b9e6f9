package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which objects of a deal reach which others over any number of links. Links have no time, so this holds for the whole
 * history of the deal.
 */
final class Reachability {

    private final Map<ObjectKey, Set<ObjectKey>> parents;

    private final Map<ObjectKey, Set<ObjectKey>> reached = new HashMap<>();

    /**
     * @param parents each object of the deal that has facts, with the objects it belongs to
     */
    Reachability(Map<ObjectKey, Set<ObjectKey>> parents) {
        this.parents = parents;
    }

    /** Whether an object bears on another: it reaches that one, or no object of that one's kind (ruling 10). */
    boolean bearsOn(ObjectKey bearing, ObjectKey borne, ObjectKind kind) {
        Set<ObjectKey> above = reached.computeIfAbsent(bearing, this::above);
        if (above.contains(borne)) {
            return true;
        }
        for (ObjectKey key : above) {
            if (key.is(kind)) {
                return false;
            }
        }
        return true;
    }

    /** The objects of the deal that an object reaches, including itself over zero links. */
    private Set<ObjectKey> above(ObjectKey start) {
        Set<ObjectKey> seen = new HashSet<>(Set.of(start));
        Deque<ObjectKey> todo = new ArrayDeque<>(seen);
        while (!todo.isEmpty()) {
            for (ObjectKey parent : parents.getOrDefault(todo.pop(), Set.of())) {
                if (parents.containsKey(parent) && seen.add(parent)) {
                    todo.push(parent);
                }
            }
        }
        return seen;
    }
}
