package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was published of a deal, by page. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RevisionsView(
        @Schema(
                description =
                        "The oldest revision there is a record of; those before it were published by a version of MasterDeal"
                                + " that kept none. Absent if there is no record at all")
        @JsonProperty("from_revision")
        @Nullable
        Long fromRevision,

        List<RevisionView> items,

        @Schema(description = "Give it as 'cursor' to go on; absent on the last page") @Nullable
        String next) {

    /** A published revision. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RevisionView(
            @Schema(description = "Counts the published changes of the answer, from 1")
            long revision,

            @Schema(description = "When it was stored, UTC") String at,

            @Schema(description = "Type of its event: masterdeal.created, masterdeal.stage.changed, ...")
            String type,

            @Schema(description = "Id of its event in masterdeal.events") @JsonProperty("event_id")
            String eventId,

            @Schema(description = "Aggregated stage from this revision on")
            String stage,

            @Schema(description = "open, won, lost or cancelled, from this revision on")
            String outcome,

            @Schema(
                    description =
                            "Which parts differ from the revision before; none of a revision that was published again, or that"
                                    + " says something about a clock")
            List<String> changed,

            @Schema(
                    description =
                            "Ids of the events that brought it, at most 20; none of a repair, a changed rule set, a clock")
            List<String> causes,

            @Schema(description = "How many events brought it") @JsonProperty("causes_total")
            int causesTotal,

            @Schema(description = "The warning or breach it is about; only of masterdeal.sla.*") @Nullable
            AboutView about) {}

    /** A warning or breach. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AboutView(
            @Schema(description = "Name of the policy") String policy,

            @Schema(description = "Whose clock it is; absent for a clock of the deal") @Nullable
            String object,

            @Schema(description = "warned or breached") String kind,

            @Schema(description = "Of the target; 100 of a breach")
            int percent,

            @Schema(description = "When so much of the target was spent, UTC")
            String at) {}
}
