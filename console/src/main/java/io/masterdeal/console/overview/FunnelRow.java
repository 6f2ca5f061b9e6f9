package io.masterdeal.console.overview;

import io.masterdeal.console.board.BoardCounts.StageCount;
import io.masterdeal.console.board.DealSla;
import org.jspecify.annotations.Nullable;

/**
 * A stage of the funnel, with the geometry of its bar in thousandths of the widest one.
 *
 * @param count the open deals of the stage
 * @param inTime width of those in time, or without a clock
 * @param atRisk width of those at risk
 * @param breached width of those that are late
 * @param left how many deals left the stage in the period: onwards, back, lost or cancelled in it
 * @param onwards how many of them to a later stage
 */
public record FunnelRow(StageCount count, int inTime, int atRisk, int breached, int left, int onwards) {
    /** Which share of the deals that left the stage in the period went on, 0 to 1; null if none left it. */
    public @Nullable Double conversion() {
        return left == 0 ? null : (double) onwards / left;
    }

    /** How many open deals of the stage have a state. */
    public int deals(DealSla state) {
        return count.bySla().getOrDefault(state, 0);
    }
}
