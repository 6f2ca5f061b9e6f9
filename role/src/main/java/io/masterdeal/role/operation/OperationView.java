package io.masterdeal.role.operation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operation in the API. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "OperationStatus")
record OperationView(
        String id,

        @Schema(description = "running, done, stopped, or failed: given up after ten failures in a row")
        String state,

        @Schema(description = "What is done with each item, such as redrive")
        String action,

        @Schema(description = "Which items it was asked for")
        JsonNode selection,

        @Schema(description = "Why, as the operator said") String reason,

        @Schema(description = "The person, or the principal if no person was named") @JsonProperty("acted_by")
        String actedBy,

        @Schema(description = "The owner of the key that was used")
        String principal,

        @Schema(description = "The most items it works through")
        long limit,

        @Schema(description = "How many items were worked through")
        long items,

        @Schema(description = "How many of them have which result")
        Map<String, Long> results,

        @Schema(description = "Why the last part failed, which is tried again unless the state is failed; else absent")
        @Nullable
        String failure,

        @Schema(description = "UTC") @JsonProperty("started_at")
        String startedAt,

        @Schema(description = "UTC; absent while it runs") @JsonProperty("ended_at") @Nullable
        String endedAt,

        @Schema(description = "Who stopped it; absent if nobody did") @JsonProperty("stopped_by") @Nullable
        String stoppedBy,

        @JsonIgnore long startedMicros) {

    static final String SELECT = "SELECT id, state, action, selection::text, reason, acted_by, principal, most, items,"
            + " results::text, failure, started_at, ended_at, stopped_by FROM operations";

    static OperationView read(ResultSet row) throws SQLException {
        OffsetDateTime started = row.getObject(12, OffsetDateTime.class);
        OffsetDateTime ended = row.getObject(13, OffsetDateTime.class);
        JsonMapper json = JsonMapper.shared();
        return new OperationView(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                json.readTree(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getLong(9),
                Operations.results(json.readTree(row.getString(10))),
                row.getString(11),
                Times.text(started.toInstant()),
                ended == null ? null : Times.text(ended.toInstant()),
                row.getString(14),
                started.toEpochSecond() * 1_000_000 + started.getNano() / 1000);
    }
}
