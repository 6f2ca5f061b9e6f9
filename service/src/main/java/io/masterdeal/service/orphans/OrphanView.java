package io.masterdeal.service.orphans;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An object that reaches no deal yet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrphanView(
        @Schema(description = "Its key") String object,

        @Schema(description = "The system that owns it: the domain of the key")
        String system,

        @Schema(description = "Domain and kind of the key, such as legal:case")
        String kind,

        @Schema(
                description =
                        "Why it reaches no deal: unknown_parent (no fact of the parent is known), unknown_deal (no deal of the id it names"
                                + " is known), no_root (its parents are known, and reach no deal either), link_retracted (it named a"
                                + " parent or a deal, and that was retracted), no_parent (none of its facts names one)")
        String reason,

        @Schema(
                description =
                        "The parent it names, the first in the order of the keys, or the id of the deal; absent if it names none")
        @Nullable
        String parent,

        @Schema(description = "Number of its facts that wait")
        long facts,

        @Schema(description = "When the first of them was received, UTC; not reproducible from facts")
        @JsonProperty("waiting_since")
        String waitingSince,

        @Schema(description = "Seconds since then") @JsonProperty("age_seconds")
        long ageSeconds,

        @Schema(description = "Whether an operator has put it aside until a new fact of it comes")
        boolean dismissed) {

    /** Reads a row of the table. */
    static OrphanView read(ResultSet row, Instant now) throws SQLException {
        Instant since = since(row);
        String key = row.getString("key");
        return new OrphanView(
                key,
                row.getString("system"),
                new ObjectKey(key).kind().value(),
                row.getString("reason"),
                row.getString("parent"),
                row.getLong("facts"),
                Times.text(since),
                Math.max(0, Duration.between(since, now).toSeconds()),
                row.getBoolean("dismissed"));
    }

    static Instant since(ResultSet row) throws SQLException {
        return row.getObject("since", OffsetDateTime.class).toInstant();
    }
}
