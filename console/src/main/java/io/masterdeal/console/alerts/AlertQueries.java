package io.masterdeal.console.alerts;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Alerts and silences for people and for Prometheus. Every method throws {@code DataAccessException} if PostgreSQL is away. */
@Component
class AlertQueries {

    static final int PAGE = 100;

    private final JdbcClient jdbc;

    AlertQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Who has looked at an alert. */
    record Seen(String person, Instant at) {}

    List<Alert> firing() {
        return jdbc.sql("SELECT * FROM alerts WHERE state = 'firing' ORDER BY fired_at DESC LIMIT 1000")
                .query((row, _) -> AlertRows.read(row))
                .list();
    }

    /** Ended before an instant, the newest first. */
    List<Alert> ended(Instant before) {
        return jdbc.sql("SELECT * FROM alerts WHERE state = 'resolved' AND resolved_at < ? ORDER BY resolved_at DESC"
                        + " LIMIT ?")
                .param(Timestamp.from(before))
                .param(PAGE + 1)
                .query((row, _) -> AlertRows.read(row))
                .list();
    }

    Optional<Alert> find(UUID id) {
        return jdbc.sql("SELECT * FROM alerts WHERE id = ?")
                .param(id)
                .query((row, _) -> AlertRows.read(row))
                .optional();
    }

    /** The other times that the same alert fired, the newest first. */
    List<Alert> others(Alert alert) {
        return jdbc.sql("SELECT * FROM alerts WHERE fingerprint = ? AND id <> ? ORDER BY fired_at DESC LIMIT 20")
                .param(alert.fingerprint())
                .param(alert.id())
                .query((row, _) -> AlertRows.read(row))
                .list();
    }

    List<Silence> silences(Instant now) {
        return jdbc.sql("SELECT * FROM silences WHERE until > ? AND ended_by IS NULL ORDER BY until LIMIT 1000")
                .param(Timestamp.from(now))
                .query((row, _) -> AlertRows.silence(row))
                .list();
    }

    List<Seen> seenBy(UUID alert) {
        return jdbc.sql("SELECT person, seen_at FROM alert_views WHERE alert = ? ORDER BY seen_at LIMIT 100")
                .param(alert)
                .query((row, _) ->
                        new Seen(row.getString(1), row.getTimestamp(2).toInstant()))
                .list();
    }

    void see(UUID alert, String person) {
        jdbc.sql("INSERT INTO alert_views (alert, person) SELECT id, ? FROM alerts WHERE id = ? ON CONFLICT DO NOTHING")
                .param(person)
                .param(alert)
                .update();
    }

    /** Returns false if it does not fire, or somebody has acknowledged it already. */
    boolean acknowledge(UUID alert, String person) {
        return jdbc.sql("""
            UPDATE alerts SET acknowledged_by = ?, acknowledged_at = now()
            WHERE id = ? AND state = 'firing' AND acknowledged_by IS NULL
            """).param(person).param(alert).update() == 1;
    }

    void silence(String rule, String fingerprint, String reason, String person, Instant until) {
        jdbc.sql("INSERT INTO silences (id, rule, fingerprint, reason, created_by, until) VALUES (?, ?, ?, ?, ?, ?)")
                .param(UUID.randomUUID())
                .param(rule)
                .param(fingerprint)
                .param(reason)
                .param(person)
                .param(Timestamp.from(until))
                .update();
    }

    /** Returns false if there is no such silence, or it has ended. */
    boolean endSilence(UUID silence, String person) {
        return jdbc.sql("UPDATE silences SET ended_by = ? WHERE id = ? AND until > now() AND ended_by IS NULL")
                        .param(person)
                        .param(silence)
                        .update()
                == 1;
    }

    /** An alert as Prometheus tells it, over and over while it fires. */
    record Incoming(
            String name,
            Map<String, String> labels,
            Severity severity,
            String summary,
            String runbook,
            Instant startsAt,
            Instant endsAt) {}

    /** Takes one: a new alert, or the one that fires already for longer. */
    void receive(Incoming alert, Instant now) {
        String fingerprint = Alert.fingerprint(Alert.PROMETHEUS, alert.name(), alert.labels());
        Timestamp ends = Timestamp.from(alert.endsAt());
        int known = jdbc.sql("UPDATE alerts SET ends_at = ?, summary = ? WHERE fingerprint = ? AND state = 'firing'")
                .param(ends)
                .param(alert.summary())
                .param(fingerprint)
                .update();
        if (known == 0 && alert.endsAt().isAfter(now)) {
            jdbc.sql("""
                INSERT INTO alerts (id, fingerprint, source, rule, labels, severity, state, value, detail,
                    summary, runbook, since, fired_at, ends_at)
                VALUES (?, ?, 'prometheus', ?, ?::jsonb, ?, 'firing', 0, '', ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
                    .param(UUID.randomUUID())
                    .param(fingerprint)
                    .param(alert.name())
                    .param(JsonMapper.shared().writeValueAsString(alert.labels()))
                    .param(alert.severity().tag())
                    .param(alert.summary())
                    .param(alert.runbook())
                    .param(Timestamp.from(alert.startsAt()))
                    .param(Timestamp.from(now))
                    .param(ends)
                    .update();
        }
    }
}
