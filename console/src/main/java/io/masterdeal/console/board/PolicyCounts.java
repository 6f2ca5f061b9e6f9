package io.masterdeal.console.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the SLA clocks of a policy stand, over the deals of a selection.
 *
 * @param policy its name
 * @param running clocks that are open, in time, and past no warning; paused ones too
 * @param atRisk clocks that are open, in time, and past a warning
 * @param breached clocks that are open and late
 * @param dueSoon clocks that are running, in time, and due within the time asked for
 * @param met of the clocks that started in the period: done in time
 * @param missed of the clocks that started in the period: late, done since or not
 * @param worst deals of open clocks that are late, the longest first; a few
 * @param next deals of the clocks that are due soon, the earliest first; a few
 */
public record PolicyCounts(
        String policy,
        int running,
        int atRisk,
        int breached,
        int dueSoon,
        int met,
        int missed,
        List<Card> worst,
        List<Card> next) {
    /** How many deals {@link #worst} and {@link #next} have at most. */
    public static final int EXAMPLES = 5;

    /** Which share of the clocks that started in the period and are decided were met, 0 to 1; null if none is decided. */
    public @Nullable Double metShare() {
        int decided = met + missed;
        return decided == 0 ? null : (double) met / decided;
    }
}
