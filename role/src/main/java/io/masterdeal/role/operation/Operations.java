package io.masterdeal.role.operation;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.operation.OperationWork.Chunk;
import io.masterdeal.role.operation.OperationWork.Task;
import io.masterdeal.role.operation.OperatorActions.Deed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table {@code operations}. A chunk of an operation is one transaction, which keeps how far the operation is, too: so it is done once,
 * whichever process does it, and if that dies another does it.
 */
public final class Operations {

    /** An operation that fails so many times in a row is given up. */
    static final int MOST_FAILURES = 10;

    /** The items of one chunk: some tens of milliseconds, in which nothing else waits for its rows. */
    static final int CHUNK = 500;

    private static final String TASK = "SELECT id, action, selection::text, reason, started_at, place, items, most"
            + " FROM operations WHERE state = 'running' AND due_at <= clock_timestamp()"
            + " ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED";

    private final OperatorActions actions;

    /**
     * @param actions where the operations are noted
     */
    public Operations(OperatorActions actions) {
        this.actions = actions;
    }

    /**
     * Begins an operation.
     *
     * @param sql in the transaction
     * @param most how many items at most
     * @return its id
     */
    public UUID begin(Sql sql, Deed deed, long most) throws SQLException {
        UUID id = UUID.randomUUID();
        sql.update(
                "INSERT INTO operations (id, action, selection, reason, acted_by, principal, most)"
                        + " VALUES (?, ?, ?::jsonb, ?, ?, ?, ?)",
                id,
                deed.action(),
                deed.selection().toString(),
                deed.reason(),
                deed.actor().name(),
                deed.actor().principal(),
                most);
        actions.note(sql, deed, 0, id);
        return id;
    }

    /** The operation that waits for longest, locked until the end of the transaction; empty if no other waits. */
    Optional<Claimed> claim(Sql sql) throws SQLException {
        return sql.query(TASK, Operations::claimed).stream().findFirst();
    }

    /**
     * An operation of which this transaction does a chunk.
     *
     * @param left how many items at most
     */
    record Claimed(Task task, long left) {}

    private static Claimed claimed(ResultSet row) throws SQLException {
        long items = row.getLong(7);
        return new Claimed(
                new Task(
                        Objects.requireNonNull(row.getObject(1, UUID.class)),
                        row.getString(2),
                        JsonMapper.shared().readTree(row.getString(3)),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class),
                        row.getString(6),
                        items),
                row.getLong(8) - items);
    }

    /**
     * Keeps what a chunk did.
     *
     * @param last whether the operation ends with it
     */
    public void advance(Sql sql, UUID id, Chunk chunk, boolean last) throws SQLException {
        ObjectNode results = results(sql, id);
        chunk.results()
                .forEach((result, count) ->
                        results.put(result, results.path(result).asLong(0) + count));
        long items = sql.query(
                        "UPDATE operations SET items = items + ?, results = ?::jsonb, place = ?, chunks = chunks + 1,"
                                + " failures = 0, failure = NULL, due_at = clock_timestamp(),"
                                + " state = CASE WHEN ? THEN 'done' ELSE state END,"
                                + " ended_at = CASE WHEN ? THEN clock_timestamp() END WHERE id = ? RETURNING items",
                        row -> row.getLong(1),
                        chunk.items(),
                        results.toString(),
                        chunk.place(),
                        last,
                        last,
                        id)
                .getFirst();
        actions.count(sql, id, items);
    }

    private static ObjectNode results(Sql sql, UUID id) throws SQLException {
        return (ObjectNode) JsonMapper.shared()
                .readTree(sql.query("SELECT results::text FROM operations WHERE id = ?", row -> row.getString(1), id)
                        .getFirst());
    }

    /** Keeps that a chunk failed, and tries it again later or gives the operation up. */
    void failed(Sql sql, UUID id, String failure) throws SQLException {
        sql.update(
                "UPDATE operations SET failure = ?, failures = failures + 1,"
                        + " due_at = clock_timestamp() + least(60, 1 << failures) * interval '1 second',"
                        + " state = CASE WHEN failures + 1 < ? THEN state ELSE 'failed' END,"
                        + " ended_at = CASE WHEN failures + 1 < ? THEN NULL ELSE clock_timestamp() END"
                        + " WHERE id = ? AND state = 'running'",
                failure,
                MOST_FAILURES,
                MOST_FAILURES,
                id);
    }

    /** Ends an operation between two chunks. Returns whether it was still running. */
    boolean stop(Sql sql, UUID id, String by) throws SQLException {
        return sql.update(
                        "UPDATE operations SET state = 'stopped', stopped_by = ?, ended_at = clock_timestamp()"
                                + " WHERE id = ? AND state = 'running'",
                        by,
                        id)
                == 1;
    }

    /** Deletes some of what ended more than some days ago. Returns how many rows. */
    int deleteOld(Sql sql, int days, int atMost) throws SQLException {
        List<UUID> old = sql.query(
                "SELECT id FROM operations WHERE started_at < transaction_timestamp() - ? * interval '1 day'"
                        + " AND ended_at < transaction_timestamp() - ? * interval '1 day'"
                        + " ORDER BY started_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
                row -> Objects.requireNonNull(row.getObject(1, UUID.class)),
                days,
                days);
        if (old.isEmpty()) {
            return 0;
        }
        int items = sql.update(
                "DELETE FROM operation_items WHERE operation = ? AND number IN"
                        + " (SELECT number FROM operation_items WHERE operation = ? ORDER BY number LIMIT ?)",
                old.getFirst(),
                old.getFirst(),
                atMost);
        return items == atMost ? items : items + sql.update("DELETE FROM operations WHERE id = ?", old.getFirst());
    }

    /** One operation; empty if there is no such one, or no longer. */
    Optional<OperationView> find(Sql sql, UUID id) throws SQLException {
        return sql.query(OperationView.SELECT + " WHERE id = ?", OperationView::read, id).stream()
                .findFirst();
    }

    /**
     * Operations, the latest first.
     *
     * @param micros only those started before, in microseconds since 1970, or then with a smaller id; null for the latest
     */
    List<OperationView> list(Sql sql, @Nullable Long micros, @Nullable UUID id, int limit) throws SQLException {
        return micros == null
                ? sql.query(
                        OperationView.SELECT + " ORDER BY started_at DESC, id DESC LIMIT ?", OperationView::read, limit)
                : sql.query(
                        OperationView.SELECT
                                + " WHERE (started_at, id) < (timestamptz 'epoch' + ? * interval '1 microsecond', ?)"
                                + " ORDER BY started_at DESC, id DESC LIMIT ?",
                        OperationView::read,
                        micros,
                        id,
                        limit);
    }

    /** The numbers of items by result, as the table has them. */
    static Map<String, Long> results(JsonNode stored) {
        Map<String, Long> results = new TreeMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> it = stored.properties().iterator(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> each = it.next();
            results.put(each.getKey(), each.getValue().asLong());
        }
        return results;
    }
}
