package io.masterdeal.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many clocks there are.
 *
 * @param by what the groups have in common
 * @param policies with which policies clocks are evaluated
 * @param groups those that the policies make possible first, also empty ones
 * @param total over all groups
 */
record SlaSummaryView(String by, String policies, List<Group> groups, Group total) {

    /** The clocks of one group. */
    record Group(
            @Schema(description = "The policy, segment, domain, state or client; absent of the total")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String name,

            @Schema(description = "All that have started") long clocks,

            long running,
            long paused,
            long met,
            long breached,
            long cancelled,

            @Schema(description = "Of those that run or are paused, how many have passed a warning")
            @JsonProperty("at_risk")
            long atRisk,

            @Schema(description = "How many were breached in the period, whatever became of them; only if there is one")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @JsonProperty("breached_in_period")
            @Nullable
            Long breachedInPeriod) {

        /** Counts clocks. */
        static Group of(@Nullable String name, List<ClockCount> counts, @Nullable Long breachedInPeriod) {
            return new Group(
                    name,
                    counts.stream().mapToLong(ClockCount::amount).sum(),
                    in("running", counts),
                    in("paused", counts),
                    in("met", counts),
                    in("breached", counts),
                    in("cancelled", counts),
                    counts.stream()
                            .filter(ClockCount::atRisk)
                            .mapToLong(ClockCount::amount)
                            .sum(),
                    breachedInPeriod);
        }

        private static long in(String state, List<ClockCount> counts) {
            return counts.stream()
                    .filter(count -> count.state().equals(state))
                    .mapToLong(ClockCount::amount)
                    .sum();
        }
    }
}
