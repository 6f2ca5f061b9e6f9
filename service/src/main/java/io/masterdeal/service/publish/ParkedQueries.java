package io.masterdeal.service.publish;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parked events, for operators. */
public final class ParkedQueries {

    private final JdbcClient jdbc;

    ParkedQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A deal with events that Kafka refuses, or that wait behind one. */
    public record ParkedView(
            String root,

            @Schema(description = "Why Kafka refuses the first of them")
            String reason,

            @Schema(description = "How many wait, at most 100: older ones are dropped")
            long events,

            @Schema(description = "Bytes of the first one") int bytes,

            @Schema(description = "How often it was tried again")
            int tries,

            @Schema(description = "When the first was parked, UTC") @JsonProperty("parked_at")
            String parkedAt,

            @Schema(description = "When it is tried again, UTC") @JsonProperty("due_at")
            String dueAt) {}

    /** How many events are parked. */
    public long count() {
        return jdbc.sql("SELECT count(*) FROM parked_events").query(Long.class).single();
    }

    /**
     * The deals that have parked events, from the one that waits for longest.
     *
     * @param limit how many at most
     */
    public List<ParkedView> deals(int limit) {
        return jdbc.sql("""
                        SELECT p.root_key, p.reason, a.events, p.bytes, p.tries, p.parked_at, p.due_at
                        FROM (SELECT min(id) AS first, count(*) AS events FROM parked_events GROUP BY root_key) a
                        JOIN parked_events p ON p.id = a.first ORDER BY p.id LIMIT ?
                        """)
                .param(limit)
                .query((row, _) -> new ParkedView(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getInt(5),
                        Times.text(row.getTimestamp(6).toInstant()),
                        Times.text(row.getTimestamp(7).toInstant())))
                .list();
    }

    /** Makes all of them due now; returns of how many deals. */
    public static int release(Sql sql) throws SQLException {
        return sql.update("UPDATE parked_events SET due_at = now()"
                + " WHERE id IN (SELECT min(id) FROM parked_events GROUP BY root_key)");
    }
}
