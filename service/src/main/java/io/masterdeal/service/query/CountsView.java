package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many deals there are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CountsView(
        @Schema(description = "By what they are counted, in the order asked for")
        List<String> by,

        @Schema(description = "All deals that were asked for")
        Sums total,

        @Schema(description = "The largest groups, the one with most deals first; at most 1000")
        List<Group> groups,

        @Schema(description = "The rest, if there are more groups") @Nullable
        Others others) {

    /**
     * How many deals, and what they amount to.
     *
     * @param amounts by currency; null if they were not asked for
     * @param withoutAmount null if amounts were not asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sums(
            long deals,

            @Schema(description = "Sums of amounts, one for each currency; absent unless asked for") @Nullable
            List<Amount> amounts,

            @Schema(description = "Deals without an amount that is a number; absent unless amounts are asked for")
            @JsonProperty("without_amount")
            @Nullable
            Long withoutAmount) {}

    /** Deals that have the same values. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Group(
            @Schema(description = "The value of each thing counted by; null for deals that do not have it")
            Map<String, @Nullable String> values,

            long deals,

            @Schema(description = "Sums of amounts, one for each currency; absent unless asked for") @Nullable
            List<Amount> amounts,

            @Schema(description = "Deals without an amount that is a number; absent unless amounts are asked for")
            @JsonProperty("without_amount")
            @Nullable
            Long withoutAmount) {}

    /** All groups beyond the largest. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Others(
            @Schema(description = "How many groups these are")
            long groups,

            long deals,

            @Schema(description = "Sums of amounts, one for each currency; absent unless asked for") @Nullable
            List<Amount> amounts,

            @Schema(description = "Deals without an amount that is a number; absent unless amounts are asked for")
            @JsonProperty("without_amount")
            @Nullable
            Long withoutAmount) {}

    /** What deals amount to in one currency. */
    record Amount(
            @Schema(description = "Null for deals that do not say it") @Nullable
            String currency,

            @Schema(description = "How many deals have an amount in it")
            long deals,

            @Schema(description = "The sum, a decimal number as text")
            String amount) {}
}
