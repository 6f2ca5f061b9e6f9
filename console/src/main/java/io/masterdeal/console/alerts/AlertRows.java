package io.masterdeal.console.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts and silences as rows. */
final class AlertRows {

    /** Who has acknowledged stays: only people write that. */
    private static final String SAVE = """
        INSERT INTO alerts (id, fingerprint, source, rule, labels, severity, state, value, detail, summary, runbook,
            since, fired_at, resolved_at, ends_at, told)
        VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, value = excluded.value, detail = excluded.detail,
            resolved_at = excluded.resolved_at, told = excluded.told
        """;

    private static final int LONGEST_DETAIL = 2_000;

    private AlertRows() {}

    static void save(Connection connection, Collection<Alert> alerts) throws SQLException {
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            // Those that ended first: another one with the same fingerprint may have fired since.
            for (Alert alert : ended(alerts)) {
                bind(save, alert);
                save.addBatch();
            }
            save.executeBatch();
        }
    }

    private static List<Alert> ended(Collection<Alert> alerts) {
        List<Alert> sorted = new ArrayList<>(alerts);
        sorted.sort(java.util.Comparator.comparing(Alert::isFiring).thenComparing(Alert::firedAt));
        return sorted;
    }

    private static void bind(PreparedStatement save, Alert alert) throws SQLException {
        save.setObject(1, alert.id());
        save.setString(2, alert.fingerprint());
        save.setString(3, alert.source());
        save.setString(4, alert.rule());
        save.setString(5, JsonMapper.shared().writeValueAsString(alert.labels()));
        save.setString(6, alert.severity().tag());
        save.setString(7, alert.state().tag());
        save.setDouble(8, alert.value());
        save.setString(9, cut(alert.detail()));
        save.setString(10, cut(alert.summary()));
        save.setString(11, cut(alert.runbook()));
        save.setTimestamp(12, Timestamp.from(alert.since()));
        save.setTimestamp(13, Timestamp.from(alert.firedAt()));
        save.setTimestamp(14, timestamp(alert.resolvedAt()));
        save.setTimestamp(15, timestamp(alert.endsAt()));
        save.setString(16, told(alert.told()));
    }

    private static String cut(String text) {
        String clean = text.replace('\u0000', ' ');
        return clean.length() > LONGEST_DETAIL ? clean.substring(0, LONGEST_DETAIL) : clean;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static String told(Map<String, Told> told) {
        Map<String, Map<String, String>> texts = new TreeMap<>();
        told.forEach((channel, what) -> texts.put(
                channel, Map.of("state", what.state().tag(), "at", what.at().toString())));
        return JsonMapper.shared().writeValueAsString(texts);
    }

    /** All that fire, and those that ended at or after an instant. */
    static List<Alert> current(Connection connection, Instant endedFrom) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT * FROM alerts WHERE state = 'firing' OR resolved_at >= ? ORDER BY fired_at LIMIT 5000")) {
            select.setTimestamp(1, Timestamp.from(endedFrom));
            List<Alert> alerts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    alerts.add(read(rows));
                }
            }
            return alerts;
        }
    }

    /** The silences that have not ended. */
    static List<Silence> silences(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT * FROM silences WHERE until > ? AND ended_by IS NULL ORDER BY until LIMIT 1000")) {
            select.setTimestamp(1, Timestamp.from(now));
            List<Silence> silences = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    silences.add(silence(rows));
                }
            }
            return silences;
        }
    }

    /** Deletes alerts and silences that ended before an instant. */
    static void forget(Connection connection, Instant before) throws SQLException {
        for (String statement : List.of(
                "DELETE FROM alerts WHERE state = 'resolved' AND resolved_at < ?",
                "DELETE FROM silences WHERE until < ?",
                "DELETE FROM notices WHERE created_at < ?")) {
            try (PreparedStatement delete = connection.prepareStatement(statement)) {
                delete.setTimestamp(1, Timestamp.from(before));
                delete.executeUpdate();
            }
        }
    }

    static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                row.getObject("id", UUID.class),
                row.getString("rule"),
                row.getString("fingerprint"),
                row.getString("reason"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("until").toInstant(),
                row.getString("ended_by"));
    }

    static Alert read(ResultSet row) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                row.getString("fingerprint"),
                row.getString("source"),
                row.getString("rule"),
                labels(row.getString("labels")),
                Severity.of(row.getString("severity")),
                row.getString("state").equals("firing") ? AlertState.FIRING : AlertState.RESOLVED,
                row.getDouble("value"),
                row.getString("detail"),
                row.getString("summary"),
                row.getString("runbook"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("fired_at").toInstant(),
                instant(row, "resolved_at"),
                instant(row, "ends_at"),
                row.getString("acknowledged_by"),
                instant(row, "acknowledged_at"),
                readTold(row.getString("told")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static Map<String, String> labels(String json) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label :
                JsonMapper.shared().readTree(json).properties()) {
            labels.put(label.getKey(), label.getValue().asString(""));
        }
        return labels;
    }

    private static Map<String, Told> readTold(String json) {
        Map<String, Told> told = new HashMap<>();
        for (Map.Entry<String, JsonNode> each :
                JsonMapper.shared().readTree(json).properties()) {
            told.put(
                    each.getKey(),
                    new Told(
                            each.getValue().path("state").asString("").equals("firing")
                                    ? AlertState.FIRING
                                    : AlertState.RESOLVED,
                            Instant.parse(each.getValue().path("at").asString(""))));
        }
        return told;
    }
}
