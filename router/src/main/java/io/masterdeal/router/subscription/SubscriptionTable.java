package io.masterdeal.router.subscription;

import io.masterdeal.role.database.Sql;
import io.masterdeal.router.subscription.StoredSubscription.Origin;
import io.masterdeal.router.subscription.StoredSubscription.Stop;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions in PostgreSQL, within one transaction. */
final class SubscriptionTable {

    private static final String COLUMNS = "s.id, s.version, s.definition::text, s.origin, s.changed_at, s.changed_by,"
            + " (SELECT jsonb_build_array(t.since AT TIME ZONE 'UTC', t.event_id, t.reason)::text FROM stops t"
            + " WHERE t.subscription = s.id AND t.version = s.version)";

    private final Sql sql;

    SubscriptionTable(Sql sql) {
        this.sql = sql;
    }

    /** Locks out the reader, so that a change falls between two batches. */
    void lock() throws SQLException {
        sql.query("SELECT version FROM subscription_set FOR UPDATE", row -> row.getLong(1));
    }

    List<StoredSubscription> active() throws SQLException {
        return sql.query("SELECT " + COLUMNS + " FROM subscriptions s WHERE NOT deleted ORDER BY name", this::read);
    }

    Optional<StoredSubscription> find(String name) throws SQLException {
        return sql
                .query("SELECT " + COLUMNS + " FROM subscriptions s WHERE name = ? AND NOT deleted", this::read, name)
                .stream()
                .findFirst();
    }

    /** Writes a new version, which is active from the next batch. */
    StoredSubscription put(Subscription subscription, JsonNode definition, Origin origin, String by)
            throws SQLException {
        StoredSubscription stored = sql.query(
                        "INSERT INTO subscriptions AS s (name, version, definition, origin, changed_by)"
                                + " VALUES (?, 1, ?::jsonb, ?, ?) ON CONFLICT (name) DO UPDATE SET version = s.version + 1,"
                                + " definition = excluded.definition, origin = excluded.origin, deleted = false,"
                                + " changed_at = transaction_timestamp(), changed_by = excluded.changed_by RETURNING "
                                + COLUMNS,
                        this::read,
                        subscription.name(),
                        definition.toString(),
                        text(origin),
                        by)
                .getFirst();
        close(stored.id());
        sql.update("DELETE FROM stops WHERE subscription = ?", stored.id());
        sql.update(
                "INSERT INTO spans (subscription, version, topic, partition, from_offset)"
                        + " SELECT ?, ?, topic, partition, next_offset FROM positions",
                stored.id(),
                stored.version());
        note(stored, stored.version() == 1 ? "created" : "changed", by);
        return stored;
    }

    /** Ends a subscription with the next batch; what is not delivered is discarded. */
    void delete(StoredSubscription stored, String by) throws SQLException {
        sql.update(
                "UPDATE subscriptions SET deleted = true, version = version + 1, changed_at = transaction_timestamp(),"
                        + " changed_by = ? WHERE id = ?",
                by,
                stored.id());
        close(stored.id());
        sql.update(
                "UPDATE deliveries SET state = 'discarded', reason = 'subscription-deleted', due_at = NULL,"
                        + " changed_at = transaction_timestamp()"
                        + " WHERE subscription = ? AND state IN ('pending', 'parked', 'dead_lettered')",
                stored.id());
        sql.update("DELETE FROM blocks WHERE subscription = ?", stored.id());
        sql.update("DELETE FROM stops WHERE subscription = ?", stored.id());
        note(stored, "deleted", by);
    }

    /** Stores that a version is stopped; does nothing if there is a newer version. */
    void stop(StoredSubscription stored, UUID eventId, String reason) throws SQLException {
        sql.update(
                "INSERT INTO stops (subscription, version, event_id, reason) SELECT id, version, ?, ? FROM subscriptions"
                        + " WHERE id = ? AND version = ? AND NOT deleted ON CONFLICT DO NOTHING",
                eventId,
                reason,
                stored.id(),
                stored.version());
        sql.update("UPDATE subscription_set SET version = version + 1");
    }

    /** Resumes a stopped subscription. */
    void resume(StoredSubscription stored, String by) throws SQLException {
        sql.update("DELETE FROM stops WHERE subscription = ?", stored.id());
        note(stored, "resumed", by);
    }

    private void close(int id) throws SQLException {
        sql.update(
                "UPDATE spans s SET to_offset = p.next_offset FROM positions p WHERE s.subscription = ?"
                        + " AND s.to_offset IS NULL AND p.topic = s.topic AND p.partition = s.partition",
                id);
    }

    private void note(StoredSubscription stored, String action, String by) throws SQLException {
        sql.update(
                "INSERT INTO subscription_changes (name, version, action, definition, changed_by)"
                        + " VALUES (?, ?, ?, ?::jsonb, ?)",
                stored.name(),
                stored.version() + (action.equals("deleted") ? 1 : 0),
                action,
                stored.definition().toString(),
                by);
        sql.update("UPDATE subscription_set SET version = version + 1");
    }

    /** The offsets at which each version of each subscription is active, with its content. */
    List<ActiveSpan> spans() throws SQLException {
        Map<String, Subscription> known = new HashMap<>();
        return sql.query(
                "SELECT p.subscription, s.name, p.version, p.topic, p.partition, p.from_offset, p.to_offset,"
                        + " c.definition::text FROM spans p JOIN subscriptions s ON s.id = p.subscription"
                        + " JOIN subscription_changes c ON c.name = s.name AND c.version = p.version"
                        + " AND c.action IN ('created', 'changed') ORDER BY 1, 3, 4, 5",
                row -> {
                    String definition = row.getString(8);
                    // What was valid once remains valid, even if the rules have changed.
                    Subscription said = known.computeIfAbsent(
                            definition,
                            it -> SubscriptionDocument.stored(
                                    JsonMapper.shared().readTree(it)));
                    Long to = row.getObject(7, Long.class);
                    return new ActiveSpan(
                            row.getInt(1),
                            row.getString(2),
                            said,
                            row.getString(4),
                            row.getInt(5),
                            row.getLong(6),
                            to == null ? Long.MAX_VALUE : to);
                });
    }

    /** A change of a subscription, for the audit. */
    record Change(String name, int version, String action, JsonNode definition, Instant changedAt, String changedBy) {}

    List<Change> changes(String name) throws SQLException {
        return sql.query(
                "SELECT name, version, action, definition::text, changed_at, changed_by FROM subscription_changes"
                        + " WHERE name = ? ORDER BY id",
                row -> new Change(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        JsonMapper.shared().readTree(row.getString(4)),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getString(6)),
                name);
    }

    private StoredSubscription read(ResultSet row) throws SQLException {
        JsonNode definition = JsonMapper.shared().readTree(row.getString(3));
        Origin origin = Origin.valueOf(row.getString(4).toUpperCase(Locale.ROOT));
        return new StoredSubscription(
                row.getInt(1),
                row.getInt(2),
                SubscriptionDocument.stored(definition),
                definition,
                origin,
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6),
                stop(row.getString(7)));
    }

    private static @Nullable Stop stop(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode stop = JsonMapper.shared().readTree(json);
        return new Stop(
                LocalDateTime.parse(stop.path(0).stringValue()).toInstant(ZoneOffset.UTC),
                stop.path(1).stringValue(),
                stop.path(2).stringValue());
    }

    private static String text(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }
}
