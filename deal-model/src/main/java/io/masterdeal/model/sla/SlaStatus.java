package io.masterdeal.model.sla;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the clocks of one deal stand at one instant, without what grows with every instant.
 *
 * @param cycles those in scope, in the order of reports and, of one clock, of time: all of them, or of a {@link SlaFold} that was
 *     resumed the last one before that of each clock, and those since then
 * @param nextAt the next instant at which this changes of itself; null if there is none
 * @param client the root's attribute {@code client}; null if it has none
 */
public record SlaStatus(
        List<ClockStatus> cycles,
        @Nullable Instant nextAt,
        @Nullable String client) {

    /** Copies the list. */
    public SlaStatus {
        cycles = List.copyOf(cycles);
    }

    /** The last cycle of each clock that has one, in the order of reports. */
    public List<ClockStatus> clocks() {
        List<ClockStatus> last = new ArrayList<>();
        for (ClockStatus cycle : cycles) {
            if (!last.isEmpty() && last.getLast().isOfClock(cycle)) {
                last.removeLast();
            }
            last.add(cycle);
        }
        return last;
    }
}
