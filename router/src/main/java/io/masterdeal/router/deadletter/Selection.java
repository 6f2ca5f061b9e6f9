package io.masterdeal.router.deadletter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are meant: those that fulfil everything that is given. Without {@code states} these are dead letters; only
 * with {@code messageIds} or {@code eventIds} may others be meant that are final.
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Selection(
        @JsonProperty("message_ids") @Nullable List<Long> messageIds,
        @JsonProperty("event_ids") @Nullable List<UUID> eventIds,
        @Nullable String subscription,
        @Nullable String type,
        @JsonProperty("master_deal_id") @Nullable UUID masterDealId,
        @JsonProperty("order_key") @Nullable String orderKey,
        @Nullable String reason,
        @Nullable List<String> states) {

    /** Nothing that narrows it. */
    static final Selection ALL = new Selection(null, null, null, null, null, null, null, null);

    boolean namesMessages() {
        return (messageIds != null && !messageIds.isEmpty()) || (eventIds != null && !eventIds.isEmpty());
    }
}
