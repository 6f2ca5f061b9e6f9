package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a deal has checkpoints. They cost nothing while facts arrive in the order of their times. When a fact arrives late, a
 * checkpoint is made some facts before its position, because the next late fact is often near it.
 *
 * @param far a new checkpoint is made if at least this many facts lie between the last one and the position of a late fact
 * @param slack how many facts before that position it is made
 */
record CheckpointSpacing(int far, int slack) {

    static final CheckpointSpacing DEFAULT = new CheckpointSpacing(96, 32);

    private static final int FARTHER = 32;

    /** Within this many times {@code far} after the previous checkpoint, a new one replaces it. */
    private static final int MOVE = 4;

    /** The most checkpoints kept. Each may be as large as the rest of the state. */
    private static final int MOST = 2;

    /** The last checkpoint before all of these facts; null if there is none. */
    static @Nullable Checkpoint before(Collection<Fact> added, DealState state) {
        Instant first = earliest(added);
        return state.checkpoints().stream()
                .filter(it -> it.at().isBefore(first))
                .max(Comparator.comparing(Checkpoint::at))
                .orElse(null);
    }

    static Instant earliest(Collection<Fact> facts) {
        return Collections.min(facts, DealFold.BY_TIME).occurredAt();
    }

    /**
     * The instant after which to make a checkpoint for a late fact; null if its position is close enough to the first folded fact.
     *
     * @param sorted the facts that are folded, by time; at least one
     * @param late the time of the late fact
     */
    @Nullable
    Instant place(List<Fact> sorted, Instant late) {
        int before = before(sorted, late);
        return before < far ? null : after(sorted, before - slack);
    }

    /** The same if all facts of the deal are folded: one instant close to the late fact and one farther away. */
    List<Instant> places(List<Fact> sorted, Instant late) {
        int before = before(sorted, late);
        List<Instant> places = new ArrayList<>();
        for (int distance : List.of(slack, FARTHER * slack)) {
            if (before >= far && before - distance > before / 2) {
                places.add(after(sorted, before - distance));
            }
        }
        return places;
    }

    private static int before(List<Fact> sorted, Instant late) {
        int before = 0;
        while (before < sorted.size() && sorted.get(before).occurredAt().isBefore(late)) {
            before++;
        }
        return before;
    }

    private static Instant after(List<Fact> sorted, int place) {
        return sorted.get(Math.min(place, sorted.size() - 1)).occurredAt().minusMillis(1);
    }

    /**
     * Which checkpoints to keep, the most recently used first.
     *
     * @param made those made while the latest facts were folded
     * @param base the one from which folding resumed
     * @param place the instant of the new one; null if none was requested
     * @param before those of the previous state
     */
    List<Checkpoint> kept(List<Checkpoint> made, Checkpoint base, @Nullable Instant place, List<Checkpoint> before) {
        List<Checkpoint> kept = new ArrayList<>(made);
        kept.sort(Comparator.comparing(it -> !it.at().equals(place)));
        boolean moved = made.stream().anyMatch(it -> it.at().equals(place) && it.facts() - base.facts() <= MOVE * far);
        if (!moved) {
            boolean isNew = made.stream().anyMatch(it -> it.at().equals(place));
            kept.add(isNew ? 1 : 0, base);
        }
        before.stream().filter(it -> it.at().isBefore(base.at())).forEach(kept::add);
        return List.copyOf(kept.subList(0, Math.min(MOST, kept.size())));
    }
}
