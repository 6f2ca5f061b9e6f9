package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.effects.AskedOfSystems.Asked;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a deal has reached stages or not, and what is missing. */
@Schema(name = "Why")
record WhyView(
        @Schema(description = "Id of the deal") @JsonProperty("master_deal_id")
        String masterDealId,

        @Schema(description = "Key of the CRM deal") String root,

        @Schema(description = "The stage at present") String stage,

        @Schema(description = "open, won, lost or cancelled")
        String outcome,

        @Schema(description = "Revision of the answer") long revision,

        @Schema(description = "Name and version of the rule set") @JsonProperty("rule_set")
        String ruleSet,

        @Schema(
                description =
                        "Since when the deal is in its stage, UTC: the time of the facts that brought it there; null if no stage was ever reached")
        @JsonProperty("waits_since")
        @Nullable
        String waitsSince,

        @Schema(description = "The stages that were asked about, from first to last")
        List<StageView> stages,

        @Schema(description = "What was asked of other systems because of this deal, the newest first, at most 50")
        List<Asked> asked,

        @Schema(description = "The clocks of the deal that have not ended, at most 50")
        List<ShortClockView> clocks) {

    /** A stage: whether its condition holds, and what is missing. */
    @Schema(name = "WhyStage")
    record StageView(
            String stage,

            @Schema(description = "Whether its condition holds at present")
            boolean holds,

            @Schema(description = "The facts that decide, at most 50; those in the way if it does not hold")
            List<EvidenceView> evidence,

            @Schema(description = "How many facts decide") @JsonProperty("evidence_total")
            int evidenceTotal,

            @Schema(description = "The parts of the condition that do not hold")
            List<UnmetView> unmet,

            @Schema(
                    description =
                            "Sets of future facts, at most 20. Each, added as the newest facts, makes the condition"
                                    + " hold, and no part of it does. Those with the fewest facts come first")
            List<AlternativeView> alternatives,

            @Schema(description = "How many alternatives were found")
            int found,

            @Schema(description = "Whether there may be more than are named")
            boolean truncated) {}

    /** A fact that decides. */
    @Schema(name = "WhyEvidence")
    record EvidenceView(
            @JsonProperty("event_id") String eventId,
            String type,
            String subject,
            @Nullable String status,

            @Schema(description = "When it happened, UTC") @JsonProperty("occurred_at")
            String occurredAt,

            @Schema(description = "Who said so") String source,

            @Schema(
                    description =
                            "Whether its event id came with more than one content. If such a fact stands in the way"
                                    + " and is wrong, its system may retract it")
            boolean conflict) {}

    /** A set of facts that would be enough. */
    @Schema(name = "WhyAlternative")
    record AlternativeView(
            @Schema(description = "In this order; none can be left out")
            List<MissingView> facts) {}

    /** A fact that would have to come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WhyMissing")
    record MissingView(
            @Schema(description = "Kind of the object") String kind,

            @Schema(description = "Key of the object; absent if it is a new one") @Nullable
            String object,

            @Schema(
                    description =
                            "Number of the new object within the alternative, from 1; absent if the object exists")
            @JsonProperty("new_object")
            @Nullable
            Integer newObject,

            @Schema(description = "The status that it needs")
            String status,

            @Schema(description = "Key of the object or deal to which the new object has to be linked") @Nullable
            String link,

            @Schema(description = "Number of the new object to which this one has to be linked")
            @JsonProperty("link_to_new")
            @Nullable
            Integer linkToNew,

            @Schema(description = "The domain whose system says so")
            String system,

            @Schema(description = "Types of events that give this status")
            List<String> types,

            @Schema(description = "Ids of the effects under 'asked' that ask for it")
            List<String> asked) {}

    /** A part of a condition that does not hold. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WhyUnmet")
    record UnmetView(
            @Schema(description = "all, any, ever, some, every or for")
            String condition,

            @Schema(description = "Kind of the object") @Nullable
            String kind,

            @Schema(description = "The status that is needed") @Nullable
            String status,

            @Schema(description = "Of ever: whether a later status is enough") @JsonProperty("or_later") @Nullable
            Boolean orLater,

            @Schema(description = "Of every: the status that selects the objects") @Nullable
            String among,

            @Schema(description = "Of for: the kind of the objects that bear on the other") @Nullable
            String bearing,

            @Schema(description = "Of for: the status that these need") @JsonProperty("bearing_status") @Nullable
            String bearingStatus,

            @Schema(description = "The live objects that are short of the status, of both kinds; at most 50")
            List<ShortView> objects,

            @Schema(description = "Of all and any: their parts")
            List<UnmetView> parts) {}

    /** An object that is short of a status. */
    @Schema(name = "WhyShort")
    record ShortView(
            String key,

            @Schema(description = "Its status; null if it has none") @Nullable
            String status) {}
}
