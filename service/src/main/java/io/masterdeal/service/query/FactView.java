package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored fact or retraction, with where it came from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FactView(
        @JsonProperty("event_id") String eventId,

        @Schema(description = "SHA-256 of the content: with the id, the identity") @JsonProperty("content_hash")
        String contentHash,

        @Nullable String type,
        @Nullable String subject,
        @Nullable String status,
        @Nullable Long sequence,
        @JsonProperty("occurred_at") @Nullable String occurredAt,
        @Nullable List<String> links,
        @Nullable Map<String, String> attributes,
        @JsonProperty("master_deal_id") @Nullable String masterDealId,

        @Schema(description = "Whether a retraction took it back")
        boolean retracted,

        @Schema(description = "Only of a retraction: the events it takes back") @Nullable
        List<String> retracts,

        String source,
        @JsonProperty("correlation_id") @Nullable String correlationId,
        @JsonProperty("causation_id") @Nullable String causationId,
        @Nullable String traceparent,
        boolean replayed,
        @Schema(description = "Topic, partition and offset") String origin,
        @JsonProperty("received_at") String receivedAt) {}
