package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import java.time.Instant;
import java.util.Map;

/**
 * Where a deal stood at an earlier instant, so that a fact that belongs between others can be folded with the later ones alone. What
 * objects belong to has no time, so that of the deal's present state holds here too.
 *
 * @param at the instant: all facts up to it, it included, are in
 * @param facts how many these are
 * @param current of each object that had a status, the current one then
 * @param ever of each status the root had had, the earliest fact with it
 * @param steps how many steps of the timeline there were
 */
public record Checkpoint(
        Instant at, int facts, Map<ObjectKey, CurrentStatus> current, Map<String, Version> ever, int steps) {

    /** Copies the maps. */
    public Checkpoint {
        current = Map.copyOf(current);
        ever = Map.copyOf(ever);
    }
}
