package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Times;
import io.masterdeal.router.ledger.DeliveryState;
import io.masterdeal.router.subscription.Redaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds dead letters, and redrives or discards them for operators. */
final class DeadLetters {

    private static final String FROM = " FROM deliveries d JOIN messages m ON m.id = d.message_id"
            + " AND m.accepted_at = d.accepted_at JOIN subscriptions s ON s.id = d.subscription WHERE ";

    /** For records that could not be read: whether the error event does not contain the whole record. */
    private static final String UNSENDABLE = "CASE WHEN s.origin = 'bundled' AND m.body IS NOT NULL THEN"
            + " convert_from(m.body, 'UTF8')::json #>> '{data,topic}' IS NULL"
            + " OR convert_from(m.body, 'UTF8')::json #>> '{data,payload}' IS NULL"
            + " OR convert_from(m.body, 'UTF8')::json #>> '{data,payload_truncated}' = 'true' ELSE false END";

    private final Transactions transactions;

    private final int mostReplays;

    /**
     * @param mostReplays how many times one delivery may be redriven before it is parked
     */
    DeadLetters(Transactions transactions, int mostReplays) {
        this.transactions = transactions;
        this.mostReplays = mostReplays;
    }

    /** A dead letter in the API. */
    record View(
            long messageId,
            String eventId,
            String type,
            String subject,
            @Nullable String masterDealId,
            @Nullable String correlationId,
            String subscription,
            String state,
            @Nullable String reason,
            int attempts,
            int replay,
            String changedAt,
            @Nullable JsonNode tries) {
        View shownTo(String caller) {
            return new View(
                    messageId,
                    eventId,
                    type,
                    subject,
                    masterDealId,
                    correlationId,
                    subscription,
                    state,
                    reason,
                    attempts,
                    replay,
                    changedAt,
                    tries == null ? null : Redaction.attempts(tries, caller));
        }
    }

    /** The number of dead letters of a subscription with this reason. */
    record Count(String subscription, @Nullable String reason, long count) {}

    /**
     * What an action did, or would do.
     *
     * @param redriven deliveries that are sent again
     * @param parked deliveries that were redriven too often already
     * @param unsendable records that were not stored completely: they stay as they are, and their systems must send them again
     * @param behind deliveries of the same deals that wait behind them and follow in order
     * @param has deliveries whose sink is known to have the event already
     */
    record Effect(
            boolean dryRun,
            long selected,
            long redriven,
            long parked,
            long unsendable,
            long behind,
            long has,
            List<View> sample) {}

    List<View> list(Selection selection, @Nullable Long before, int limit) throws SQLException {
        Where where = where(selection);
        if (before != null) {
            where.add("d.message_id < ?", before);
        }
        return transactions.run(connection -> new Sql(connection)
                .query(
                        columns() + FROM + where.text() + " ORDER BY d.message_id DESC LIMIT ?",
                        DeadLetters::read,
                        where.with(limit)));
    }

    /** The number of selected dead letters by subscription and reason. */
    List<Count> histogram(Selection selection) throws SQLException {
        Where where = where(selection);
        return transactions.run(connection -> new Sql(connection)
                .query(
                        "SELECT s.name, d.reason, count(*)" + FROM + where.text()
                                + " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
                        row -> new Count(row.getString(1), row.getString(2), row.getLong(3)),
                        where.with()));
    }

    /**
     * Sends deliveries again, or reports what that would do. Those of one deal are sent in order, before the deliveries that
     * wait behind them.
     */
    Effect redrive(Selection selection, Action action) throws SQLException {
        return transactions.run(connection -> {
            Sql sql = new Sql(connection);
            Effect effect = effect(sql, selection, action, true);
            if (!action.dryRun()) {
                Where where = where(selection);
                where.limit(action.limit());
                sql.update(
                        "WITH chosen AS (SELECT d.message_id, d.accepted_at, d.subscription, " + UNSENDABLE
                                + " AS unsendable" + FROM + where.text() + " FOR UPDATE OF d) UPDATE deliveries d SET"
                                + " state = CASE WHEN d.replay < ? THEN 'pending' ELSE 'parked' END,"
                                + " reason = CASE WHEN d.replay < ? THEN NULL ELSE 'replayed-too-often' END,"
                                + " due_at = CASE WHEN d.replay < ? THEN clock_timestamp() END,"
                                + " replay = CASE WHEN d.replay < ? THEN d.replay + 1 ELSE d.replay END,"
                                + " attempts = 0, changed_at = transaction_timestamp() FROM chosen c"
                                + " WHERE d.message_id = c.message_id AND d.accepted_at = c.accepted_at"
                                + " AND d.subscription = c.subscription AND NOT c.unsendable",
                        where.with(mostReplays, mostReplays, mostReplays, mostReplays));
                note(sql, "redrive", selection, action, effect.selected());
            }
            return effect;
        });
    }

    /** Discards deliveries, so that they are not sent, or reports what that would do. */
    Effect discard(Selection selection, Action action) throws SQLException {
        return transactions.run(connection -> {
            Sql sql = new Sql(connection);
            Effect effect = effect(sql, selection, action, false);
            if (!action.dryRun()) {
                Where where = where(selection);
                where.limit(action.limit());
                sql.update(
                        "WITH chosen AS (SELECT d.message_id, d.accepted_at, d.subscription" + FROM + where.text()
                                + " FOR UPDATE OF d) UPDATE deliveries d SET state = 'discarded', reason = ?, due_at = NULL,"
                                + " changed_at = transaction_timestamp() FROM chosen c"
                                + " WHERE d.message_id = c.message_id AND d.accepted_at = c.accepted_at"
                                + " AND d.subscription = c.subscription",
                        where.with(action.reason()));
                note(sql, "discard", selection, action, effect.selected());
            }
            return effect;
        });
    }

    /** The request of an operator. */
    record Action(boolean dryRun, int limit, String reason, String by) {}

    private Effect effect(Sql sql, Selection selection, Action action, boolean redrive) throws SQLException {
        Where where = where(selection);
        where.limit(action.limit());
        Set<Long> lost = new HashSet<>();
        List<View> chosen = sql.query(
                columns() + ", " + UNSENDABLE + FROM + where.text(),
                row -> {
                    if (row.getBoolean(14)) {
                        lost.add(row.getLong(1));
                    }
                    return read(row);
                },
                where.with());
        long tooOften = redrive
                ? chosen.stream()
                        .filter(it -> it.replay() >= mostReplays && !lost.contains(it.messageId()))
                        .count()
                : 0;
        long unsendable = redrive
                ? chosen.stream().filter(it -> lost.contains(it.messageId())).count()
                : 0;
        long has = chosen.stream()
                .filter(it -> it.state().equals(DeliveryState.DELIVERED.text()))
                .count();
        long behind = sql.query(
                        "SELECT count(*) FROM deliveries p JOIN blocks b ON b.subscription = p.subscription"
                                + " AND b.order_key = p.order_key WHERE p.state = 'parked' AND p.reason = 'behind'"
                                + " AND b.head = ANY (?)",
                        row -> row.getLong(1),
                        new Sql.Longs(chosen.stream().map(View::messageId).toList()))
                .getFirst();
        return new Effect(
                action.dryRun(),
                chosen.size(),
                redrive ? chosen.size() - tooOften - unsendable : 0,
                tooOften,
                unsendable,
                behind,
                has,
                chosen.subList(0, Math.min(chosen.size(), 100)));
    }

    private static void note(Sql sql, String what, Selection selection, Action action, long count) throws SQLException {
        sql.update(
                "INSERT INTO operator_actions (action, selection, reason, changed_by, deliveries)"
                        + " VALUES (?, ?::jsonb, ?, ?, ?)",
                what,
                JsonMapper.shared().writeValueAsString(selection),
                action.reason(),
                action.by(),
                count);
    }

    private static final class Where {
        private final List<String> conditions = new ArrayList<>();
        private final List<@Nullable Object> parameters = new ArrayList<>();
        private String tail = "";

        void add(String condition, @Nullable Object... values) {
            conditions.add(condition);
            parameters.addAll(java.util.Arrays.asList(values));
        }

        /** In order, so that the earliest deliveries of a deal come first. */
        void limit(int most) {
            tail = " ORDER BY d.message_id LIMIT " + most;
        }

        String text() {
            return String.join(" AND ", conditions) + tail;
        }

        @Nullable
        Object[] with(@Nullable Object... more) {
            List<@Nullable Object> all = new ArrayList<>(parameters);
            all.addAll(java.util.Arrays.asList(more));
            return all.toArray();
        }
    }

    private static Where where(Selection selection) {
        Where where = new Where();
        List<String> states = selection.states();
        where.add(
                "d.state = ANY (?)",
                new Sql.Texts(states == null ? List.of(DeliveryState.DEAD_LETTERED.text()) : states));
        if (selection.messageIds() != null) {
            where.add("d.message_id = ANY (?)", new Sql.Longs(selection.messageIds()));
        }
        if (selection.eventIds() != null) {
            where.add("m.event_id = ANY (?)", new Sql.Uuids(selection.eventIds()));
        }
        if (selection.subscription() != null) {
            where.add("s.name = ?", selection.subscription());
        }
        if (selection.type() != null) {
            where.add("m.type = ?", selection.type());
        }
        if (selection.masterDealId() != null) {
            where.add("m.master_deal_id = ?", selection.masterDealId());
        }
        if (selection.orderKey() != null) {
            where.add("d.order_key = ?", selection.orderKey());
        }
        if (selection.reason() != null) {
            where.add("d.reason = ?", selection.reason());
        }
        return where;
    }

    private static String columns() {
        return "SELECT d.message_id, m.event_id, m.type, m.subject, m.master_deal_id, m.correlation_id, s.name, d.state,"
                + " d.reason, d.attempts, d.replay, d.changed_at, d.tries::text";
    }

    private static View read(ResultSet row) throws SQLException {
        String tries = row.getString(13);
        return new View(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getInt(11),
                Times.text(row.getObject(12, OffsetDateTime.class).toInstant()),
                tries == null ? null : JsonMapper.shared().readTree(tries));
    }
}
