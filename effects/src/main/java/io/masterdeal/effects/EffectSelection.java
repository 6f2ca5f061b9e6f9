package io.masterdeal.effects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Selects effects: those that fulfil everything that is given. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EffectSelection(
        @Schema(description = "Only these, at most 1000") @Nullable
        List<UUID> ids,

        @Schema(description = "failed or suppressed; failed if it is left out") @Nullable
        String state,

        @Schema(description = "Only effects of this reaction") @Nullable
        String reaction,

        @Schema(description = "Only effects of this deal") @JsonProperty("master_deal_id") @Nullable
        UUID masterDealId,

        @Schema(description = "Only those that failed, or were suppressed, for this reason, such as too-old") @Nullable
        String reason) {

    /** One effect, failed or suppressed. */
    static EffectSelection of(UUID id, EffectState state) {
        return new EffectSelection(List.of(id), state.text(), null, null, null);
    }

    /** Whether nothing but the state narrows it. */
    boolean isOpen() {
        return ids == null && reaction == null && masterDealId == null && reason == null;
    }

    /** The state of those that are selected. */
    String stateOrFailed() {
        return state == null ? EffectState.FAILED.text() : state;
    }
}
