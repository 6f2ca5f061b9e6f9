package io.masterdeal.console.errors;

import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code errors}, and how far the topic is read. */
final class ErrorStore {

    private static final String INSERT = """
        INSERT INTO errors (id, at, stage, reason, domain, detail, topic, topic_partition, topic_offset, event_id,
            event_type, key, headers, payload, payload_truncated, subscription)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) ON CONFLICT DO NOTHING
        """;

    private static final String MOVE = """
        INSERT INTO error_positions (topic_partition, next_offset) VALUES (?, ?)
        ON CONFLICT (topic_partition) DO UPDATE SET next_offset = excluded.next_offset
        """;

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    ErrorStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Up to where each partition is read; without those that were never read. */
    Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new HashMap<>();
        jdbc.sql("SELECT topic_partition, next_offset FROM error_positions").query(row -> {
            positions.put(row.getInt(1), row.getLong(2));
        });
        return positions;
    }

    /** Keeps rows, and that the topic is read up to these positions, in one transaction. What is there already stays. */
    void add(List<ErrorRow> rows, Map<Integer, Long> positions) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Transactions.runOnce(connection, it -> {
                try (PreparedStatement insert = it.prepareStatement(INSERT)) {
                    for (ErrorRow row : rows) {
                        bind(insert, row);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                try (PreparedStatement move = it.prepareStatement(MOVE)) {
                    for (Map.Entry<Integer, Long> position : positions.entrySet()) {
                        move.setInt(1, position.getKey());
                        move.setLong(2, position.getValue());
                        move.addBatch();
                    }
                    move.executeBatch();
                }
                return rows.size();
            });
        }
    }

    private static void bind(PreparedStatement insert, ErrorRow row) throws SQLException {
        insert.setObject(1, row.id());
        insert.setTimestamp(2, Timestamp.from(row.at()));
        insert.setString(3, row.stage());
        insert.setString(4, row.reason());
        insert.setString(5, row.domain());
        insert.setString(6, row.detail());
        insert.setString(7, row.topic());
        insert.setObject(8, row.partition(), java.sql.Types.INTEGER);
        insert.setObject(9, row.offset(), java.sql.Types.BIGINT);
        insert.setString(10, row.eventId());
        insert.setString(11, row.eventType());
        insert.setString(12, row.key());
        insert.setString(13, JsonMapper.shared().writeValueAsString(row.headers()));
        insert.setBytes(14, row.payload() == null ? null : Base64.getDecoder().decode(row.payload()));
        insert.setBoolean(15, row.payloadTruncated());
        insert.setString(16, row.subscription());
    }

    /** Deletes what is older than an instant, and of the rest the oldest beyond a number. */
    int deleteBefore(Instant oldest, int most) {
        return jdbc.sql("DELETE FROM errors WHERE at < ? OR at <= (SELECT at FROM errors ORDER BY at DESC OFFSET ?"
                        + " LIMIT 1)")
                .param(Timestamp.from(oldest))
                .param(most)
                .update();
    }

    /** The groups, the one with the newest error first. */
    List<ErrorGroup> groups(Instant now) {
        return jdbc.sql("""
            SELECT reason, stage, domain, count(*) FILTER (WHERE at > ?), count(*), min(at), max(at)
            FROM errors GROUP BY reason, stage, domain ORDER BY max(at) DESC LIMIT 200
            """)
                .param(Timestamp.from(now.minus(java.time.Duration.ofDays(1))))
                .query((row, _) -> new ErrorGroup(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getTimestamp(6).toInstant(),
                        row.getTimestamp(7).toInstant()))
                .list();
    }

    /**
     * The newest errors of a group, without payloads.
     *
     * @param before only those made before this instant; null for the newest
     */
    List<ErrorRow> list(String reason, String stage, String domain, @Nullable Instant before, int limit) {
        return jdbc.sql("""
            SELECT *, NULL::bytea AS nothing FROM errors
            WHERE reason = ? AND stage = ? AND domain = ? AND at < coalesce(?::timestamptz, 'infinity')
            ORDER BY at DESC, id LIMIT ?
            """)
                .params(new ArrayList<>(java.util.Arrays.asList(
                        reason, stage, domain, before == null ? null : Timestamp.from(before), limit)))
                .query((row, _) -> read(row, "nothing"))
                .list();
    }

    /** One with its payload. */
    Optional<ErrorRow> find(UUID id) {
        return jdbc.sql("SELECT * FROM errors WHERE id = ?")
                .param(id)
                .query((row, _) -> read(row, "payload"))
                .optional();
    }

    private static ErrorRow read(ResultSet row, String payload) throws SQLException {
        Map<String, String> headers = new java.util.TreeMap<>();
        JsonNode kept = JsonMapper.shared().readTree(row.getString("headers"));
        kept.properties()
                .forEach(each -> headers.put(each.getKey(), each.getValue().asString("")));
        String detail = row.getString("detail");
        return new ErrorRow(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("stage"),
                row.getString("reason"),
                row.getString("domain"),
                detail == null ? "" : detail,
                row.getString("topic"),
                row.getObject("topic_partition", Integer.class),
                row.getObject("topic_offset", Long.class),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("key"),
                headers,
                payload(row.getBytes(payload)),
                row.getBoolean("payload_truncated"),
                row.getString("subscription"));
    }

    private static @Nullable String payload(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
