package io.masterdeal.facts.sla;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A warning or breach that held when its deal was evaluated last.
 *
 * @param mark its name
 * @param at when it passed, UTC, as it was found first
 * @param reason why it was not told; null if it was
 * @param isFinal whether it was told as the end of the deal
 * @param revision of the deal that told it; 0 if none did
 * @param task that was made for it; null if none was
 */
public record Standing(
        Mark mark,
        Instant at,
        @Nullable String reason,
        boolean isFinal,
        long revision,
        @Nullable UUID task) {

    /** Not told because the events behind it were replayed. */
    public static final String REPLAYED = "replayed";

    /** Not told because it had passed too long ago when it was found. */
    public static final String TOO_OLD = "too-old";

    /** Whether it was told. */
    public boolean isTold() {
        return reason == null;
    }

    Standing notTheEnd() {
        return new Standing(mark, at, reason, false, revision, task);
    }
}
