package io.masterdeal.service.whatif;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A question what a rule set would change, and how far its answer is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
        String id,

        @Schema(
                description =
                        "running; done; stopped by an operator; failed; or interrupted, since the process that worked on it has"
                                + " ended. All but the first are final")
        String state,

        @Schema(description = "Name and version of the rule set that is tried") @JsonProperty("rule_set")
        String ruleSet,

        @Schema(description = "Name and version of the one in use when it began") @JsonProperty("compared_with")
        String comparedWith,

        @Schema(description = "Only deals in this stage by the rule set in use; absent: any") @Nullable
        String stage,

        @Schema(description = "Only deals with this outcome by the rule set in use; absent: any") @Nullable
        String outcome,

        @Schema(description = "The person who asked, or the principal if no person was named") @JsonProperty("asked_by")
        String askedBy,

        @Schema(description = "UTC") @JsonProperty("started_at")
        String startedAt,

        @Schema(description = "UTC; absent while it runs, and if its process has ended")
        @JsonProperty("ended_at")
        @Nullable
        String endedAt,

        @Schema(description = "Deals looked at so far") long done,

        @Schema(description = "About how many there are in all")
        long total,

        @Schema(description = "Why it failed") @Nullable String failure,

        @Schema(description = "What was found; absent until it is done or stopped") @Nullable
        ReportView report) {

    static final String RUNNING = "running";

    static final String INTERRUPTED = "interrupted";

    boolean isRunning() {
        return state.equals(RUNNING);
    }

    JobView interrupted() {
        return new JobView(
                id,
                INTERRUPTED,
                ruleSet,
                comparedWith,
                stage,
                outcome,
                askedBy,
                startedAt,
                endedAt,
                done,
                total,
                failure,
                report);
    }
}
