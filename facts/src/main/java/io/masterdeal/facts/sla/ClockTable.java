package io.masterdeal.facts.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.role.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables {@code sla_clocks}, the last cycles of clocks, and {@code sla_deadlines}, when they change by themselves. */
public final class ClockTable {

    /** More bytes of UTF-8 would not fit into an entry of the index by client, beside the keys of deal and object. */
    private static final int LONGEST_CLIENT = 1000;

    private final Sql sql;

    /** For statements in the transaction of a connection. */
    public ClockTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * A row of a clock.
     *
     * @param dealId of the deal
     * @param root its key
     * @param client of the deal; null if it has none. A text that is too long to be searched by is stored as if there were none
     * @param clock with its last cycle
     */
    public record Row(UUID dealId, ObjectKey root, @Nullable String client, ClockStatus clock) {

        String object() {
            ObjectKey key = clock.object();
            return key == null ? "" : key.value();
        }

        /** It is what a source says, and may be as long as an event. */
        @Nullable
        String searchedClient() {
            return client == null || client.getBytes(StandardCharsets.UTF_8).length > LONGEST_CLIENT ? null : client;
        }
    }

    /**
     * When the clocks of a deal change next.
     *
     * @param dealId of the deal
     * @param at UTC; null if they do not
     */
    public record Deadline(UUID dealId, @Nullable Instant at) {}

    /** As which part clocks are counted: policy, segment, state, and whether it is at risk. */
    public static String part(String policy, String segment, String state, boolean atRisk) {
        return policy + "|" + segment + "|" + state + "|" + (atRisk ? "risk" : "-");
    }

    /** The same of a clock. */
    public static String part(ClockStatus clock) {
        return part(clock.policy(), clock.segment(), state(clock), clock.isAtRisk());
    }

    private static String state(ClockStatus clock) {
        return clock.state().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Deletes all clocks of deals.
     *
     * @param gone is told the part of each, and -1
     */
    public void deleteAll(Collection<ObjectKey> roots, BiConsumer<String, Long> gone) throws SQLException {
        if (roots.isEmpty()) {
            return;
        }
        sql.forEach(
                "DELETE FROM sla_clocks WHERE root_key = ANY (?) RETURNING policy, segment, state, at_risk",
                row -> gone.accept(part(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)), -1L),
                new Sql.Texts(roots.stream().map(ObjectKey::value).toList()));
    }

    /** Deletes clocks. */
    public void delete(List<Row> rows) throws SQLException {
        if (!rows.isEmpty()) {
            sql.update(
                    "DELETE FROM sla_clocks c USING unnest(?, ?, ?) AS t (root_key, policy, object)"
                            + " WHERE c.root_key = t.root_key AND c.policy = t.policy AND c.object = t.object",
                    new Sql.Texts(column(rows, it -> it.root().value())),
                    new Sql.Texts(column(rows, it -> it.clock().policy())),
                    new Sql.Texts(column(rows, Row::object)));
        }
    }

    /** Writes clocks, new ones and changed ones. */
    public void write(List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        sql.update(
                """
                INSERT INTO sla_clocks AS c (root_key, policy, object, deal_id, cycle, state, open, at_risk, started_at, due_at,
                    no_due, warned_percent, warned_at, breached_at, stopped_at, cancelled_at, segment, calendar, target_ms,
                    spent_ms, domain, client)
                SELECT root_key, policy, object, deal_id, cycle, state, open, at_risk, to_timestamp(started_at / 1000.0),
                    to_timestamp(due_at / 1000.0), no_due, warned_percent::int[], warned_at::timestamptz[],
                    to_timestamp(breached_at / 1000.0), to_timestamp(stopped_at / 1000.0), to_timestamp(cancelled_at / 1000.0),
                    segment, calendar, target_ms, spent_ms, domain, client
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (root_key, policy, object, deal_id, cycle, state, open, at_risk, started_at, due_at, no_due,
                    warned_percent, warned_at, breached_at, stopped_at, cancelled_at, segment, calendar, target_ms, spent_ms,
                    domain, client)
                ON CONFLICT (root_key, policy, object) DO UPDATE SET deal_id = excluded.deal_id, cycle = excluded.cycle,
                    state = excluded.state, open = excluded.open, at_risk = excluded.at_risk, started_at = excluded.started_at,
                    due_at = excluded.due_at, no_due = excluded.no_due, warned_percent = excluded.warned_percent,
                    warned_at = excluded.warned_at, breached_at = excluded.breached_at, stopped_at = excluded.stopped_at,
                    cancelled_at = excluded.cancelled_at, segment = excluded.segment, calendar = excluded.calendar,
                    target_ms = excluded.target_ms, spent_ms = excluded.spent_ms, domain = excluded.domain,
                    client = excluded.client
                """,
                new Sql.Texts(column(rows, it -> it.root().value())),
                new Sql.Texts(column(rows, it -> it.clock().policy())),
                new Sql.Texts(column(rows, Row::object)),
                new Sql.Uuids(column(rows, Row::dealId)),
                new Sql.Longs(column(rows, it -> (long) it.clock().cycle())),
                new Sql.Texts(column(rows, it -> state(it.clock()))),
                new Sql.Flags(column(rows, it -> it.clock().isOpen())),
                new Sql.Flags(column(rows, it -> it.clock().isAtRisk())),
                times(rows, ClockStatus::startedAt),
                times(rows, ClockStatus::dueAt),
                new Sql.Texts(ClockTable.<@Nullable String>column(rows, it -> noDue(it.clock()))),
                new Sql.Texts(column(rows, it -> list(it.clock(), warning -> Integer.toString(warning.percent())))),
                new Sql.Texts(column(rows, it -> list(it.clock(), warning -> "\"" + warning.at() + "\""))),
                times(rows, ClockStatus::breachedAt),
                times(rows, ClockStatus::stoppedAt),
                times(rows, ClockStatus::cancelledAt),
                new Sql.Texts(column(rows, it -> it.clock().segment())),
                new Sql.Texts(ClockTable.<@Nullable String>column(
                        rows, it -> it.clock().calendar())),
                new Sql.Longs(column(rows, it -> it.clock().target())),
                new Sql.Longs(
                        ClockTable.<@Nullable Long>column(rows, it -> it.clock().spent())),
                new Sql.Texts(column(rows, it -> it.clock().domain())),
                new Sql.Texts(ClockTable.<@Nullable String>column(rows, Row::searchedClient)));
    }

    /** Writes when deals have to be evaluated again; at most one entry a deal. */
    public void writeDeadlines(List<Deadline> deadlines) throws SQLException {
        List<Deadline> none = deadlines.stream().filter(it -> it.at() == null).toList();
        List<Deadline> some = deadlines.stream().filter(it -> it.at() != null).toList();
        if (!none.isEmpty()) {
            sql.update(
                    "DELETE FROM sla_deadlines WHERE deal_id = ANY (?)",
                    new Sql.Uuids(none.stream().map(Deadline::dealId).toList()));
        }
        if (!some.isEmpty()) {
            List<Long> at = new ArrayList<>();
            some.forEach(each -> at.add(ms(each.at())));
            sql.update("""
                    INSERT INTO sla_deadlines AS s (deal_id, due_at)
                    SELECT deal_id, to_timestamp(due_at / 1000.0) FROM unnest(?, ?) AS t (deal_id, due_at)
                    ON CONFLICT (deal_id) DO UPDATE SET due_at = excluded.due_at WHERE s.due_at <> excluded.due_at
                    """, new Sql.Uuids(some.stream().map(Deadline::dealId).toList()), new Sql.Longs(at));
        }
    }

    /**
     * Locks deals whose clocks are due, until the end of the transaction; not those that another transaction has locked, nor those
     * that have to be made from their facts anyway.
     *
     * @return their ids, in the order in which they are due
     */
    public List<UUID> lockDue(Instant now, int atMost) throws SQLException {
        return sql.query("""
                SELECT d.id FROM sla_deadlines s JOIN deals d ON d.id = s.deal_id
                WHERE s.due_at <= to_timestamp(? / 1000.0) AND NOT d.stale
                ORDER BY s.due_at, s.deal_id LIMIT ? FOR NO KEY UPDATE OF d SKIP LOCKED
                """, row -> row.getObject(1, UUID.class), now.toEpochMilli(), atMost);
    }

    private static @Nullable String noDue(ClockStatus clock) {
        SlaReport.NoDue reason = clock.noDue();
        return reason == null ? null : reason.text();
    }

    private static String list(ClockStatus clock, Function<SlaReport.Warning, String> text) {
        return clock.warnings().stream().map(text).collect(Collectors.joining(",", "{", "}"));
    }

    private static Sql.Longs times(List<Row> rows, Function<ClockStatus, @Nullable Instant> at) {
        return new Sql.Longs(ClockTable.<@Nullable Long>column(rows, it -> ms(at.apply(it.clock()))));
    }

    private static @Nullable Long ms(@Nullable Instant at) {
        return at == null ? null : (Long) at.toEpochMilli();
    }

    private static <T extends @Nullable Object> List<T> column(List<Row> rows, Function<Row, T> value) {
        List<T> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
