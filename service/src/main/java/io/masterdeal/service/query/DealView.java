package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a deal stands, and why. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DealView(
        @Schema(description = "Id of the deal: UUIDv5 of its root key") @JsonProperty("master_deal_id")
        String masterDealId,

        @Schema(description = "Key of the CRM deal") String root,

        @Schema(description = "Aggregated stage; none if no condition holds")
        String stage,

        @Schema(description = "open, won, lost or cancelled")
        String outcome,

        @Schema(description = "Closed, and yet lost or cancelled: for people to resolve")
        boolean contradictory,

        @Schema(description = "Lower stages whose condition does not hold")
        List<String> gaps,

        @Schema(description = "Number of facts") int facts,

        @Schema(description = "Counts the published changes of the answer, from 1")
        long revision,

        @Schema(description = "Name and version of the rule set") @JsonProperty("rule_set")
        String ruleSet,

        @Schema(description = "When the answer was last computed, UTC") @JsonProperty("updated_at")
        String updatedAt,

        @Schema(description = "When its last change of stage took effect, UTC; absent of a deal that never had a stage")
        @JsonProperty("stage_since")
        @Nullable
        String stageSince,

        @Schema(
                description =
                        "The attributes of the root that are named in masterdeal.deal-fields, each from the newest fact"
                                + " that has it; of long values the first 500 characters")
        Map<String, String> attributes,

        @Schema(description = "Every change of stage; in lists only if asked for") @Nullable
        List<StepView> timeline,

        @Schema(description = "The deal's objects; not in lists") @Nullable
        List<ObjectView> objects,

        @Schema(description = "Of every stage, whether its condition holds and why; not in lists") @Nullable
        List<FindingView> findings,

        @Schema(
                description = "Since when the outcome holds, and why; not in lists, and absent of a deal that was open"
                        + " all the time")
        @JsonProperty("outcome_finding")
        @Nullable
        OutcomeView outcomeFinding,

        @Schema(description = "The clocks that have started, each its last cycle; not in lists") @Nullable
        List<ShortClockView> sla) {

    /** The same deal with its clocks. */
    DealView with(List<ShortClockView> clocks) {
        return new DealView(
                masterDealId,
                root,
                stage,
                outcome,
                contradictory,
                gaps,
                facts,
                revision,
                ruleSet,
                updatedAt,
                stageSince,
                attributes,
                timeline,
                objects,
                findings,
                outcomeFinding,
                clocks);
    }

    /** A change of stage. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(
            @Schema(description = "Stage from then on") String stage,

            @Schema(description = "When the facts made it so, UTC") @JsonProperty("effective_at")
            String effectiveAt,

            @Schema(description = "forward or backward") String direction,

            @Schema(description = "Ids of the facts that decide it; not in lists") @Nullable
            List<String> evidence) {}

    /** Why a deal has its outcome. */
    record OutcomeView(
            @Schema(description = "When the facts made it so, UTC")
            String since,

            @Schema(description = "Ids of the facts that decide it")
            List<String> evidence) {}

    /** An object of a deal. */
    record ObjectView(
            String key,

            @Schema(description = "Null if no fact gave it one") @Nullable
            String status) {}

    /** What a stage needs, and whether it has it. */
    record FindingView(
            String stage,
            boolean holds,

            @Schema(description = "Ids of the facts that decide it")
            List<String> evidence,

            @Schema(description = "What is missing") List<String> unmet) {}
}
