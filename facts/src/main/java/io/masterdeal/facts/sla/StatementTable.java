package io.masterdeal.facts.sla;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code sla_statements}: what was told, what was not and why. */
public final class StatementTable {

    private static final String TIME = "to_timestamp(%s / 1000.0)";

    private static final String SAME = "s.deal_id = t.deal_id AND s.policy = t.policy AND s.object = t.object"
            + " AND s.started_at = " + TIME.formatted("t.started_at")
            + " AND s.kind = t.kind AND s.percent = t.percent AND s.state <> 'retracted'";

    private static final String KEYS =
            "unnest(?, ?, ?, ?, ?, ?) AS t (deal_id, policy, object, started_at, kind, percent)";

    private final Sql sql;

    /** For statements in the transaction of a connection. */
    public StatementTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * A changed row.
     *
     * @param dealId whose
     * @param change what changes
     */
    public record Entry(UUID dealId, SlaChanges.Row change) {}

    /** What stands of each of these deals; deals of which nothing does have no entry. */
    public Map<UUID, List<Standing>> standing(Collection<UUID> deals) throws SQLException {
        Map<UUID, List<Standing>> found = new HashMap<>();
        sql.forEach(
                """
                SELECT deal_id, policy, object, floor(extract(epoch FROM started_at) * 1000)::bigint AS started_ms, kind, percent,
                    floor(extract(epoch FROM at) * 1000)::bigint AS at_ms, reason, final, coalesce(revision, 0) AS revision, task
                FROM sla_statements WHERE deal_id = ANY (?) AND state <> 'retracted'
                """,
                row -> found.computeIfAbsent(row.getObject("deal_id", UUID.class), _ -> new ArrayList<>())
                        .add(new Standing(
                                new Mark(
                                        row.getString("policy"),
                                        row.getString("object"),
                                        Instant.ofEpochMilli(row.getLong("started_ms")),
                                        Mark.Kind.of(row.getString("kind")),
                                        row.getInt("percent")),
                                Instant.ofEpochMilli(row.getLong("at_ms")),
                                row.getString("reason"),
                                row.getBoolean("final"),
                                row.getLong("revision"),
                                row.getObject("task", UUID.class))),
                new Sql.Uuids(deals));
        return found;
    }

    /** Writes changes; no two of one mark. */
    public void write(List<Entry> entries) throws SQLException {
        List<Entry> made = new ArrayList<>();
        List<Entry> retracted = new ArrayList<>();
        List<Entry> dropped = new ArrayList<>();
        List<Entry> other = new ArrayList<>();
        entries.forEach(each -> {
            SlaChanges.Row row = each.change();
            if (row.before() == null) {
                made.add(each);
            } else if (row.now() != null) {
                other.add(each);
            } else {
                (row.before().isTold() ? retracted : dropped).add(each);
            }
        });
        if (!retracted.isEmpty()) {
            sql.update(
                    "UPDATE sla_statements s SET state = 'retracted', retracted_by = t.revision"
                            + " FROM unnest(?, ?, ?, ?, ?, ?, ?)"
                            + " AS t (deal_id, policy, object, started_at, kind, percent, revision) WHERE " + SAME,
                    with(keys(retracted), longs(retracted, it -> it.change().retractedBy())));
        }
        if (!dropped.isEmpty()) {
            sql.update("DELETE FROM sla_statements s USING " + KEYS + " WHERE " + SAME, keys(dropped));
        }
        if (!other.isEmpty()) {
            sql.update(
                    "UPDATE sla_statements s SET state = CASE WHEN t.reason IS NULL THEN 'told' ELSE 'suppressed' END,"
                            + " reason = t.reason, final = t.final, revision = nullif(t.revision, 0), task = t.task"
                            + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " AS t (deal_id, policy, object, started_at, kind, percent, reason, final, revision, task)"
                            + " WHERE " + SAME,
                    with(keys(other), values(other)));
        }
        if (!made.isEmpty()) {
            insert(made);
        }
    }

    private void insert(List<Entry> made) throws SQLException {
        sql.update(
                "INSERT INTO sla_statements"
                        + " (deal_id, policy, object, started_at, kind, percent, state, reason, final, revision, task, at)"
                        + " SELECT deal_id, policy, object, " + TIME.formatted("started_at") + ", kind, percent,"
                        + " CASE WHEN reason IS NULL THEN 'told' ELSE 'suppressed' END, reason, final, nullif(revision, 0), task, "
                        + TIME.formatted("at")
                        + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY"
                        + " AS t (deal_id, policy, object, started_at, kind, percent, reason, final, revision, task, at, n)"
                        + " ORDER BY n",
                with(
                        with(keys(made), values(made)),
                        longs(made, it -> now(it).at().toEpochMilli())));
    }

    private static Standing now(Entry entry) {
        Standing now = entry.change().now();
        if (now == null) {
            throw new IllegalStateException(entry + " does not hold");
        }
        return now;
    }

    private static Object[] keys(List<Entry> entries) {
        return new Object[] {
            new Sql.Uuids(column(entries, Entry::dealId)),
            new Sql.Texts(column(entries, it -> it.change().mark().policy())),
            new Sql.Texts(column(entries, it -> it.change().mark().object())),
            longs(entries, it -> it.change().mark().startedAt().toEpochMilli()),
            new Sql.Texts(column(entries, it -> it.change().mark().kind().text())),
            longs(entries, it -> (long) it.change().mark().percent())
        };
    }

    private static Object[] values(List<Entry> entries) {
        return new Object[] {
            new Sql.Texts(StatementTable.<@Nullable String>column(entries, it -> now(it).reason())),
            new Sql.Flags(column(entries, it -> now(it).isFinal())),
            longs(entries, it -> now(it).revision()),
            new Sql.Uuids(StatementTable.<@Nullable UUID>column(entries, it -> now(it).task()))
        };
    }

    private static Sql.Longs longs(List<Entry> entries, Function<Entry, Long> value) {
        return new Sql.Longs(column(entries, value));
    }

    private static Object[] with(Object[] columns, Object... more) {
        Object[] all = new Object[columns.length + more.length];
        System.arraycopy(columns, 0, all, 0, columns.length);
        System.arraycopy(more, 0, all, columns.length, more.length);
        return all;
    }

    private static <T extends @Nullable Object> List<T> column(List<Entry> entries, Function<Entry, T> value) {
        List<T> column = new ArrayList<>(entries.size());
        entries.forEach(entry -> column.add(value.apply(entry)));
        return column;
    }
}
