package io.masterdeal.effects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An effect in the API. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EffectView(
        @Schema(description = "The idempotency key as well") String id,
        String reaction,
        @JsonProperty("master_deal_id") String masterDealId,

        @Schema(description = "The key of the deal's root; absent while no fact has named it") @Nullable
        String deal,

        @Schema(description = "The event it follows from; absent if it is about a task for an SLA")
        @JsonProperty("event_id")
        @Nullable
        String eventId,

        @Schema(description = "The task for an SLA that it makes and closes") @Nullable
        Task task,

        @Schema(description = "pending, done, suppressed or failed")
        String state,

        @Schema(description = "Why it is suppressed or failed") @Nullable
        String reason,

        @Schema(description = "Whether an operator released it")
        boolean released,

        @Schema(description = "How often it was sent, since it was released if it was")
        int attempts,

        @Schema(description = "Only while pending: when it is sent next at the earliest")
        @JsonProperty("due_at")
        @Nullable
        String dueAt,

        @Schema(description = "What went wrong in the last attempt that did") @JsonProperty("last_error") @Nullable
        String lastError,

        @Schema(description = "What was sent, or is to be; absent if it was never sent")
        @JsonProperty("request_body")
        @Nullable
        String requestBody,

        @JsonProperty("created_at") String createdAt,
        @JsonProperty("updated_at") String updatedAt) {

    /** A task in the API. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EffectTask")
    record Task(
            @Schema(description = "open or closed") String wanted,

            @Schema(description = "Its key in Task-Tracker; absent until that has told it") @Nullable
            String key,

            String title,

            @Schema(description = "Whether somebody is called at once")
            boolean page,

            @Schema(description = "Whose task it is") String domain,

            @Schema(description = "warned or breached") String kind,

            @Schema(description = "Of the target; 100 for a breach")
            int percent,

            String policy,

            @Schema(description = "Whose clock it is; absent for a clock of the deal") @Nullable
            String object,

            @Schema(description = "When the cycle began") @JsonProperty("started_at")
            String startedAt,

            @Schema(description = "When the clock warned or was breached")
            String at,

            @Schema(description = "When the cycle was due, as far as that was known") @JsonProperty("due_at") @Nullable
            String dueAt,

            @Schema(description = "The revision of the deal that told of it")
            long revision) {}
}
