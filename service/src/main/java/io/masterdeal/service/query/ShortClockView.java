package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last cycle of a clock in short: what changes only when something happens, so that reading it changes nothing. */
public record ShortClockView(
        @Schema(description = "Key of the deal; not within a deal") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String root,

        @Schema(description = "Id of the deal; not within a deal")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonProperty("master_deal_id")
        @Nullable
        String masterDealId,

        String policy,

        @Schema(description = "Whose clock it is, for a policy with 'per'; null for a clock of the deal") @Nullable
        String object,

        @Schema(description = "Which cycle of the clock it is, from 1")
        int cycle,

        @Schema(description = "running, paused, met, breached or cancelled")
        String state,

        @Schema(description = "Open, not breached, and a warning is passed") @JsonProperty("at_risk")
        boolean atRisk,

        @JsonProperty("started_at") String startedAt,

        @Schema(description = "When the target is spent; null if that is not known") @JsonProperty("due_at") @Nullable
        String dueAt,

        @Schema(description = "Why that is not known: cancelled, paused, no working time")
        @JsonProperty("no_due")
        @Nullable
        String noDue,

        @Schema(description = "The warnings passed: percent and instant") @JsonProperty("warned_at")
        List<List<Object>> warnedAt,

        @JsonProperty("breached_at") @Nullable String breachedAt,
        @JsonProperty("stopped_at") @Nullable String stoppedAt,
        @JsonProperty("cancelled_at") @Nullable String cancelledAt,
        String segment,

        @Schema(description = "Null for wall time") @Nullable
        String calendar,

        @Schema(description = "Milliseconds of working time")
        long target,

        @Schema(description = "Whose task it is") String domain,

        @Schema(description = "The business field 'client' of the deal; absent if it has none, and within a deal")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String client,

        @Schema(description = "Milliseconds of working time; of ended cycles only, since that of open ones grows")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Long spent) {

    /**
     * Reads a row of {@code sla_clocks}.
     *
     * @param row all columns
     */
    public static ShortClockView read(ResultSet row) throws SQLException {
        return read(row, true);
    }

    /** The same as a part of its deal, which says itself what deal it is. */
    static ShortClockView readWithoutDeal(ResultSet row) throws SQLException {
        return read(row, false);
    }

    private static ShortClockView read(ResultSet row, boolean deal) throws SQLException {
        String object = row.getString("object");
        long spent = row.getLong("spent_ms");
        boolean ended = !row.wasNull();
        return new ShortClockView(
                deal ? row.getString("root_key") : null,
                deal ? row.getString("deal_id") : null,
                row.getString("policy"),
                object.isEmpty() ? null : object,
                row.getInt("cycle"),
                row.getString("state"),
                row.getBoolean("at_risk"),
                Times.text(row.getObject("started_at", OffsetDateTime.class).toInstant()),
                time(row, "due_at"),
                row.getString("no_due"),
                warnings(row),
                time(row, "breached_at"),
                time(row, "stopped_at"),
                time(row, "cancelled_at"),
                row.getString("segment"),
                row.getString("calendar"),
                row.getLong("target_ms"),
                row.getString("domain"),
                deal ? row.getString("client") : null,
                ended ? spent : null);
    }

    private static List<List<Object>> warnings(ResultSet row) throws SQLException {
        Integer[] percents = (Integer[]) row.getArray("warned_percent").getArray();
        Timestamp[] times = (Timestamp[]) row.getArray("warned_at").getArray();
        List<List<Object>> warnings = new ArrayList<>();
        for (int i = 0; i < percents.length; i++) {
            warnings.add(List.of(percents[i], Times.text(times[i].toInstant())));
        }
        return warnings;
    }

    private static @Nullable String time(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : Times.text(at.toInstant());
    }
}
