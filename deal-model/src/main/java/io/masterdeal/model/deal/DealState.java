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
 * What has to be kept of a deal so that a newest fact can be folded without its older ones, and a late one with the later ones alone. Its
 * size depends on the objects and the steps of the timeline, not on the number of facts. It is a cache: the facts give it anew.
 *
 * @param facts how many facts it stands for
 * @param lastInstant the time of the newest of them, UTC; null if there is none
 * @param members the objects that have facts, each with the objects it belongs to
 * @param current of each object that has a status, the current one
 * @param ever of each status the root ever had, the earliest fact with it
 * @param timeline the steps so far
 * @param checkpoints where facts came late of late, the last used first; two at most. They depend on the order in which facts came,
 *     and decide nothing but how quickly the next late one is folded
 */
public record DealState(
        int facts,
        @Nullable Instant lastInstant,
        SortedMap<ObjectKey, Set<ObjectKey>> members,
        Map<ObjectKey, CurrentStatus> current,
        Map<String, Version> ever,
        List<TimelineStep> timeline,
        List<Checkpoint> checkpoints) {

    /** One without checkpoints. */
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
