package io.masterdeal.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A warning or a breach, and what was told about it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SlaStatementView(
        @Schema(description = "Key of the deal") @Nullable String root,

        @JsonProperty("master_deal_id") String masterDealId,
        String policy,

        @Schema(description = "Whose clock it is; absent for a clock of the deal") @Nullable
        String object,

        @Schema(description = "When the cycle began, which is its name") @JsonProperty("started_at")
        String startedAt,

        @Schema(description = "warned or breached") String kind,

        @Schema(description = "Of the target; 100 of a breach")
        int percent,

        @Schema(description = "When so much of the target was spent")
        String at,

        @Schema(description = "told; suppressed: it was not told; retracted: it was told and taken back")
        String state,

        @Schema(description = "Why it is suppressed: replayed, too-old") @Nullable
        String reason,

        @Schema(description = "Whether it was told as the end of the deal") @JsonProperty("final")
        boolean isFinal,

        @Schema(description = "The revision of the deal that told it") @Nullable
        Long revision,

        @Schema(description = "The revision of the deal that took it back") @JsonProperty("retracted_by") @Nullable
        Long retractedBy,

        @Schema(description = "The effect by which another system has a task for it") @Nullable
        String task,

        @Schema(description = "When it was told or suppressed") @JsonProperty("made_at")
        String madeAt) {}
