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
 * Where the checkpoints of a deal are. They cost nothing as long as facts come in the order of their times: one is made when a fact
 * came late, some facts before its place, since the next late one may belong near it.
 *
 * @param far with how many facts between the last checkpoint and the place of a late fact a new one is made
 * @param slack how many facts before that place
 */
record CheckpointSpacing(int far, int slack) {

    static final CheckpointSpacing DEFAULT = new CheckpointSpacing(96, 32);

    private static final int FARTHER = 32;

    /** Up to how many times {@code far} a new one takes the turn of the one before it, as they go along with the facts. */
    private static final int MOVE = 4;

    /** Each may be as large as the rest of the state. */
    private static final int MOST = 2;

    /** The last one before all of these facts; null if there is none. */
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
     * The instant after which to make one for a late fact; null if its place is near enough to the first of the facts that are
     * folded.
     *
     * @param sorted these facts; one at least
     * @param late its time
     */
    @Nullable
    Instant place(List<Fact> sorted, Instant late) {
        int before = before(sorted, late);
        return before < far ? null : after(sorted, before - slack);
    }

    /** The same if all facts are folded, for next ones near it and farther off. */
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
     * Which to keep, the last used first.
     *
     * @param made those that were made while the latest facts were folded
     * @param base the one that was gone on from
     * @param place the instant of the new one; null if none was to be made
     * @param before those of the state so far
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
