package io.masterdeal.role.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of an operation in the API. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationItem(
        @Schema(description = "In the order in which they were worked through, from 1")
        long number,

        @Schema(
                description =
                        "Which: of a delivery its message_id, event_id, type, subject and subscription, of an effect its"
                                + " id, reaction and master_deal_id")
        Map<String, Object> item,

        @Schema(description = "What was done with it: redriven, discarded, parked, released, done or skipped")
        String result,

        @Schema(description = "Why it was not done; absent if it was") @Nullable
        String why,

        @Schema(description = "What became of it since; absent if it is no longer kept") @Nullable
        Since since) {

    /** What became of an item. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OperationItemSince")
    public record Since(
            @Schema(description = "Its state now, such as delivered or dead_lettered")
            String state,

            @Schema(description = "The reason for that state; absent if there is none") @Nullable
            String reason,

            @Schema(description = "Since when, UTC") @JsonProperty("changed_at")
            String changedAt) {}
}
