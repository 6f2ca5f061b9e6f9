package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.http.Times;
import io.masterdeal.role.operation.OperationItem;
import io.masterdeal.role.operation.OperationWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Redrives and discards deliveries, and keeps the result of each. */
final class DecisionWork implements OperationWork {

    /** Sends deliveries again, those of one deal in order, before the deliveries that wait behind them. */
    static final String REDRIVE = "redrive";

    /** Decides that deliveries are not sent. */
    static final String DISCARD = "discard";

    private static final String REDRIVEN = "redriven";

    private static final String PARKED = "parked";

    private static final String SKIPPED = "skipped";

    private static final String DISCARDED = "discarded";

    private static final String TOO_OFTEN = "replayed-too-often";

    private static final String NOT_WHOLE = "not-stored-whole";

    /** For records that could not be read: whether the error event does not contain the whole record. */
    private static final String UNSENDABLE = "CASE WHEN s.origin = 'bundled' AND m.body IS NOT NULL THEN"
            + " convert_from(m.body, 'UTF8')::json #>> '{data,topic}' IS NULL"
            + " OR convert_from(m.body, 'UTF8')::json #>> '{data,payload}' IS NULL"
            + " OR convert_from(m.body, 'UTF8')::json #>> '{data,payload_truncated}' = 'true' ELSE false END";

    private static final String ITEMS_OF_CHUNK = " FROM operation_items i WHERE i.operation = ? AND i.number > ?"
            + " AND d.message_id = i.message_id AND d.accepted_at = i.accepted_at AND d.subscription = i.subscription";

    private final int mostReplays;

    private final Runnable wake;

    /**
     * @param mostReplays how many times one delivery may be redriven before it is parked
     * @param wake tells those who send it that something is redriven
     */
    DecisionWork(int mostReplays, Runnable wake) {
        this.mostReplays = mostReplays;
        this.wake = wake;
    }

    boolean isTooOften(Chosen chosen) {
        return chosen.view().replay() >= mostReplays;
    }

    @Override
    public Chunk work(Sql sql, Task task, int most) throws SQLException {
        Selection selection = JsonMapper.shared().treeToValue(task.selection(), Selection.class);
        List<Chosen> chosen = choose(sql, selection, task, most, true);
        Chunk chunk = decide(sql, task, chosen);
        return chosen.size() < most ? new Chunk(chunk.results(), null) : chunk;
    }

    /**
     * The next deliveries of a selection, in the order of acceptance, so that the earliest of a deal come first.
     *
     * @param task goes on behind its place, and leaves out what has changed since its start; null for all
     * @param lock whether to lock them until the end of the transaction: what another operator decides meanwhile is left out
     */
    List<Chosen> choose(Sql sql, Selection selection, @Nullable Task task, int most, boolean lock) throws SQLException {
        Where where = Where.of(selection);
        if (task != null) {
            where.add("d.changed_at <= ?", task.startedAt());
            if (task.place() != null) {
                String[] place = task.place().split("/", 2);
                where.add("(d.message_id, d.subscription) > (?, ?)", Long.valueOf(place[0]), Integer.valueOf(place[1]));
            }
        }
        return sql.query(
                "SELECT " + DeadLetterView.COLUMNS + ", d.accepted_at::text, d.subscription, " + UNSENDABLE + Where.FROM
                        + where.text() + " ORDER BY d.message_id, d.subscription LIMIT ?"
                        + (lock ? " FOR UPDATE OF d" : ""),
                row -> new Chosen(DeadLetterView.read(row), row.getString(14), row.getInt(15), row.getBoolean(16)),
                where.with(most));
    }

    /** Does with these deliveries what the task says. They are locked. */
    Chunk decide(Sql sql, Task task, List<Chosen> chosen) throws SQLException {
        if (chosen.isEmpty()) {
            return new Chunk(Map.of(), null);
        }
        List<Result> results =
                chosen.stream().map(it -> result(task.action(), it)).toList();
        keep(sql, task, chosen, results);
        if (task.action().equals(REDRIVE)) {
            redrive(sql, task);
        } else {
            discard(sql, task);
        }
        Map<String, Long> counts = new TreeMap<>();
        results.forEach(it -> counts.merge(it.text(), 1L, Long::sum));
        Chosen last = chosen.getLast();
        return new Chunk(counts, last.view().messageId() + "/" + last.subscription());
    }

    private record Result(String text, @Nullable String why) {}

    private Result result(String action, Chosen chosen) {
        if (action.equals(DISCARD)) {
            return new Result(DISCARDED, null);
        }
        if (chosen.unsendable()) {
            return new Result(SKIPPED, NOT_WHOLE);
        }
        return isTooOften(chosen) ? new Result(PARKED, TOO_OFTEN) : new Result(REDRIVEN, null);
    }

    private static void keep(Sql sql, Task task, List<Chosen> chosen, List<Result> results) throws SQLException {
        sql.update(
                "INSERT INTO operation_items (operation, number, message_id, accepted_at, subscription, result, why)"
                        + " SELECT ?, t.number, t.message_id, t.accepted_at::timestamptz, t.subscription, t.result, t.why"
                        + " FROM unnest(?, ?, ?, ?, ?, ?) AS t (number, message_id, accepted_at, subscription, result, why)",
                task.id(),
                new Sql.Longs(LongStream.rangeClosed(task.items() + 1, task.items() + chosen.size())
                        .boxed()
                        .toList()),
                new Sql.Longs(chosen.stream().map(it -> it.view().messageId()).toList()),
                new Sql.Texts(chosen.stream().map(Chosen::acceptedAt).toList()),
                new Sql.Longs(
                        chosen.stream().map(it -> (long) it.subscription()).toList()),
                new Sql.Texts(results.stream().map(Result::text).toList()),
                new Sql.Texts(results.stream().map(Result::why).toList()));
    }

    private static void redrive(Sql sql, Task task) throws SQLException {
        sql.update(
                "UPDATE deliveries d SET state = 'pending', reason = NULL, due_at = clock_timestamp(),"
                        + " replay = d.replay + 1, attempts = 0, changed_at = transaction_timestamp()" + ITEMS_OF_CHUNK
                        + " AND i.result = '" + REDRIVEN + "'",
                task.id(),
                task.items());
        sql.update(
                "UPDATE deliveries d SET state = 'parked', reason = '" + TOO_OFTEN + "', due_at = NULL, attempts = 0,"
                        + " changed_at = transaction_timestamp()" + ITEMS_OF_CHUNK + " AND i.result = '" + PARKED + "'",
                task.id(),
                task.items());
    }

    private static void discard(Sql sql, Task task) throws SQLException {
        sql.update(
                "UPDATE deliveries d SET state = 'discarded', reason = ?, due_at = NULL,"
                        + " changed_at = transaction_timestamp()" + ITEMS_OF_CHUNK,
                task.reason(),
                task.id(),
                task.items());
    }

    @Override
    public void committed(String action, Map<String, Long> results) {
        wake.run();
    }

    @Override
    public List<OperationItem> items(Sql sql, UUID operation, long after, int limit) throws SQLException {
        return sql.query(
                "SELECT i.number, i.message_id, m.event_id, m.type, m.subject, s.name, i.result, i.why, d.state, d.reason,"
                        + " d.changed_at FROM (SELECT * FROM operation_items WHERE operation = ? AND number > ?"
                        + " ORDER BY number LIMIT ?) i JOIN subscriptions s ON s.id = i.subscription"
                        + " LEFT JOIN messages m ON m.id = i.message_id AND m.accepted_at = i.accepted_at"
                        + " LEFT JOIN deliveries d ON d.message_id = i.message_id AND d.accepted_at = i.accepted_at"
                        + " AND d.subscription = i.subscription ORDER BY i.number",
                DecisionWork::item,
                operation,
                after,
                limit);
    }

    private static OperationItem item(ResultSet row) throws SQLException {
        Map<String, Object> delivery = new LinkedHashMap<>();
        delivery.put("message_id", row.getLong(2));
        put(delivery, "event_id", row.getString(3));
        put(delivery, "type", row.getString(4));
        put(delivery, "subject", row.getString(5));
        put(delivery, "subscription", row.getString(6));
        String state = row.getString(9);
        return new OperationItem(
                row.getLong(1),
                delivery,
                row.getString(7),
                row.getString(8),
                state == null
                        ? null
                        : new OperationItem.Since(
                                state,
                                row.getString(10),
                                Times.text(
                                        row.getObject(11, OffsetDateTime.class).toInstant())));
    }

    private static void put(Map<String, Object> item, String name, @Nullable Object value) {
        if (value != null) {
            item.put(name, value);
        }
    }
}
