package io.masterdeal.router.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects deliveries: those that fulfil everything that is given. Without {@code states} only dead letters are selected; other
 * final deliveries only together with {@code messageIds} or {@code eventIds}. {@code lastStatus} is the HTTP status of the last answer.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Selection(
        @JsonProperty("message_ids") @Nullable List<Long> messageIds,
        @JsonProperty("event_ids") @Nullable List<UUID> eventIds,
        @Nullable String subscription,
        @Nullable String type,
        @JsonProperty("master_deal_id") @Nullable UUID masterDealId,
        @JsonProperty("order_key") @Nullable String orderKey,
        @Nullable String reason,
        @JsonProperty("last_status") @Nullable Integer lastStatus,
        @Nullable List<String> states) {

    /** Without any condition. */
    static final Selection ALL = new Selection(null, null, null, null, null, null, null, null, null);

    boolean namesMessages() {
        return (messageIds != null && !messageIds.isEmpty()) || (eventIds != null && !eventIds.isEmpty());
    }
}
