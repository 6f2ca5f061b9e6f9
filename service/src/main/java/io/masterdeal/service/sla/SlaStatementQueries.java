package io.masterdeal.service.sla;

import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.BoundedSearch;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.BoundedSearch.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists what was told about warnings and breaches, the newest first. */
@Component
class SlaStatementQueries {

    private final JdbcClient jdbc;

    SlaStatementQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * Which statements are wanted; null means any.
     *
     * @param deal only of this deal
     * @param state only in this state
     * @param kind only of this kind
     * @param from only those made then or later
     */
    record Filter(
            @Nullable UUID deal,
            @Nullable String state,
            @Nullable String kind,
            @Nullable Instant from) {}

    /**
     * A place in the list.
     *
     * @param madeAt when the statement was made
     * @param id its number
     */
    record Place(Instant madeAt, long id) {}

    /** Statements, the newest first. */
    Found<SlaStatementView> list(Filter filter, @Nullable Place after, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder rows = new StringBuilder();
        if (filter.deal() == null) {
            rows.append("SELECT * FROM sla_statements WHERE true");
        } else {
            // All of the deal, which are few, are sorted: PostgreSQL must not read the newest of all deals instead.
            rows.append("SELECT * FROM (SELECT * FROM sla_statements WHERE deal_id = :deal OFFSET 0) AS s WHERE true");
            parameters.put("deal", filter.deal());
        }
        if (filter.from() != null) {
            rows.append(" AND made_at >= :from");
            parameters.put("from", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (after != null) {
            rows.append(" AND (made_at, id) < (:made_at, :id)");
            parameters.put("made_at", after.madeAt().atOffset(ZoneOffset.UTC));
            parameters.put("id", after.id());
        }
        StringBuilder fits = new StringBuilder("true");
        if (filter.state() != null) {
            fits.append(" AND state = :state");
            parameters.put("state", filter.state());
        }
        if (filter.kind() != null) {
            fits.append(" AND kind = :kind");
            parameters.put("kind", filter.kind());
        }
        Search search = new Search(
                rows.toString(),
                "made_at DESC, id DESC",
                fits.toString(),
                "r.*, (SELECT d.root_key FROM deals d WHERE d.id = r.deal_id) AS root_key");
        return BoundedSearch.run(
                jdbc, search, parameters, limit, SlaStatementQueries::statement, SlaStatementQueries::place);
    }

    private static SlaStatementView statement(ResultSet row) throws SQLException {
        String object = row.getString("object");
        return new SlaStatementView(
                row.getString("root_key"),
                row.getString("deal_id"),
                row.getString("policy"),
                object.isEmpty() ? null : object,
                Times.text(instant(row, "started_at")),
                row.getString("kind"),
                row.getInt("percent"),
                Times.text(instant(row, "at")),
                row.getString("state"),
                row.getString("reason"),
                row.getBoolean("final"),
                number(row, "revision"),
                number(row, "retracted_by"),
                row.getString("task"),
                Times.text(instant(row, "made_at")));
    }

    private static String place(ResultSet row) throws SQLException {
        return instant(row, "made_at") + "/" + row.getLong("id");
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
