package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import java.time.Instant;
import java.util.Map;

/**
 * The state of a deal at an earlier instant, so that a late fact can be folded together with only the facts after that instant.
 * Links have no time, so those of the current state apply here too.
 *
 * @param at the instant; all facts up to and including it are folded
 * @param facts number of these facts
 * @param current the status that each object had at that instant, if it had one
 * @param ever for each status the root had had, the version of the earliest fact with it
 * @param steps number of steps of the timeline
 */
public record Checkpoint(
        Instant at, int facts, Map<ObjectKey, CurrentStatus> current, Map<String, Version> ever, int steps) {

    /** Copies the maps. */
    public Checkpoint {
        current = Map.copyOf(current);
        ever = Map.copyOf(ever);
    }
}
