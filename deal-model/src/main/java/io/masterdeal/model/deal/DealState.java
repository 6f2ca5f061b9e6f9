package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a deal so that a newest fact can be folded without the older ones, and a late fact with only those after it. Its
 * size depends on the number of objects and timeline steps, not on the number of facts. It is a cache that the facts can rebuild.
 *
 * @param facts number of facts that are folded into it
 * @param lastInstant the time of the newest of them, UTC; null if there is none
 * @param members the objects that have facts, each with the objects it is linked to
 * @param current the current status of each object that has one
 * @param ever for each status the root ever had, the version of the earliest fact with it
 * @param timeline the steps so far
 * @param checkpoints checkpoints near facts that recently arrived late, the most recently used first; at most two. They depend on
 *     the order of arrival, and affect only how fast the next late fact is folded
 */
public record DealState(
        int facts,
        @Nullable Instant lastInstant,
        SortedMap<ObjectKey, Set<ObjectKey>> members,
        Map<ObjectKey, CurrentStatus> current,
        Map<String, Version> ever,
        List<TimelineStep> timeline,
        List<Checkpoint> checkpoints) {

    /** Creates a state without checkpoints. */
    public DealState(
            int facts,
            @Nullable Instant lastInstant,
            SortedMap<ObjectKey, Set<ObjectKey>> members,
            Map<ObjectKey, CurrentStatus> current,
            Map<String, Version> ever,
            List<TimelineStep> timeline) {
        this(facts, lastInstant, members, current, ever, timeline, List.of());
    }
}
