package io.masterdeal.effects;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.http.Times;
import io.masterdeal.role.operation.OperationItem;
import io.masterdeal.role.operation.OperationWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Does with failed and suppressed effects what operators decide, and keeps the result of each. */
final class EffectWork implements OperationWork {

    /** Sends effects after all. */
    static final String RELEASE = "release";

    /** Decides that effects are not sent. */
    static final String SKIP = "skip";

    /** Says that somebody has done by hand what effects ask for. */
    static final String DONE = "done";

    /** Why an effect is suppressed that an operator skips. */
    static final String SKIPPED_BY_OPERATOR = "skipped-by-operator";

    private static final String SKIPPED = "skipped";

    /** The task is closed by its key when it is over, and nobody tells the key of one made by hand. */
    private static final String IS_A_TASK = "makes-a-task";

    private static final String OF_CHUNK =
            " FROM operation_items i WHERE i.operation = ? AND i.number > ? AND i.effect_id = e.id";

    private final ObjIntConsumer<EffectState> entered;

    /**
     * @param entered is told after a chunk how many effects entered which state
     */
    EffectWork(ObjIntConsumer<EffectState> entered) {
        this.entered = entered;
    }

    /**
     * An effect that an operator decides about.
     *
     * @param createdAt as PostgreSQL writes it
     * @param task whether it makes a task for an SLA
     */
    record Chosen(
            UUID id, String reaction, UUID deal, @Nullable String reason, String createdAt, boolean task) {}

    @Override
    public Chunk work(Sql sql, Task task, int most) throws SQLException {
        EffectSelection selection = JsonMapper.shared().treeToValue(task.selection(), EffectSelection.class);
        List<Chosen> chosen = choose(sql, selection, task, most, true);
        Chunk chunk = decide(sql, task, chosen);
        return chosen.size() < most ? new Chunk(chunk.results(), null) : chunk;
    }

    /**
     * The next effects of a selection, in the order in which they were written.
     *
     * @param task goes on behind its place, and leaves out what has changed since its start; null for all
     * @param lock whether to lock them until the end of the transaction: what another operator decides meanwhile is left out
     */
    List<Chosen> choose(Sql sql, EffectSelection selection, @Nullable Task task, int most, boolean lock)
            throws SQLException {
        StringBuilder where = new StringBuilder(
                "e.state = '" + EffectState.of(selection.stateOrFailed()).text() + "'");
        List<Object> values = new ArrayList<>();
        if (selection.ids() != null) {
            where.append(" AND e.id = ANY (?)");
            values.add(new Sql.Uuids(selection.ids()));
        }
        if (selection.reaction() != null) {
            where.append(" AND e.reaction = ?");
            values.add(selection.reaction());
        }
        if (selection.masterDealId() != null) {
            where.append(" AND e.deal_id = ?");
            values.add(selection.masterDealId());
        }
        if (selection.reason() != null) {
            where.append(" AND e.reason = ?");
            values.add(selection.reason());
        }
        if (task != null) {
            where.append(" AND e.updated_at <= ?");
            values.add(task.startedAt());
            if (task.place() != null) {
                String[] place = task.place().split("/", 2);
                where.append(" AND (e.created_at, e.id) > (?::timestamptz, ?)");
                values.add(place[0]);
                values.add(UUID.fromString(place[1]));
            }
        }
        values.add(most);
        return sql.query(
                "SELECT e.id, e.reaction, e.deal_id, e.reason, e.created_at::text, e.task IS NOT NULL FROM effects e WHERE "
                        + where + " ORDER BY e.created_at, e.id LIMIT ?" + (lock ? " FOR UPDATE OF e" : ""),
                row -> new Chosen(
                        Objects.requireNonNull(row.getObject(1, UUID.class)),
                        row.getString(2),
                        Objects.requireNonNull(row.getObject(3, UUID.class)),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)),
                values.toArray());
    }

    /** How many of them are done with, and how many are skipped. */
    Map<String, Long> results(String action, List<Chosen> chosen) {
        Map<String, Long> counts = new TreeMap<>();
        chosen.forEach(it -> counts.merge(result(action, it), 1L, Long::sum));
        return counts;
    }

    private static String result(String action, Chosen chosen) {
        return switch (action) {
            case RELEASE -> "released";
            case SKIP -> "suppressed";
            default -> chosen.task() ? SKIPPED : "done";
        };
    }

    /** Does with these effects what the task says. They are locked. */
    Chunk decide(Sql sql, Task task, List<Chosen> chosen) throws SQLException {
        if (chosen.isEmpty()) {
            return new Chunk(Map.of(), null);
        }
        List<String> results =
                chosen.stream().map(it -> result(task.action(), it)).toList();
        sql.update(
                "INSERT INTO operation_items (operation, number, effect_id, result, why)"
                        + " SELECT ?, t.* FROM unnest(?, ?, ?, ?) AS t (number, effect_id, result, why)",
                task.id(),
                new Sql.Longs(LongStream.rangeClosed(task.items() + 1, task.items() + chosen.size())
                        .boxed()
                        .toList()),
                new Sql.Uuids(chosen.stream().map(Chosen::id).toList()),
                new Sql.Texts(results),
                new Sql.Texts(results.stream()
                        .map(it -> it.equals(SKIPPED) ? IS_A_TASK : null)
                        .toList()));
        sql.update(
                switch (task.action()) {
                    case RELEASE ->
                        "UPDATE effects e SET state = 'pending', released = true, reason = NULL, attempts = 0,"
                                + " due_at = clock_timestamp(), updated_at = clock_timestamp()" + OF_CHUNK;
                    case SKIP ->
                        "UPDATE effects e SET state = 'suppressed', reason = '" + SKIPPED_BY_OPERATOR
                                + "', updated_at = clock_timestamp()" + OF_CHUNK;
                    default ->
                        "UPDATE effects e SET state = 'done', reason = NULL, updated_at = clock_timestamp()" + OF_CHUNK
                                + " AND i.result = 'done'";
                },
                task.id(),
                task.items());
        Chosen last = chosen.getLast();
        return new Chunk(results(task.action(), chosen), last.createdAt() + "/" + last.id());
    }

    @Override
    public void committed(String action, Map<String, Long> results) {
        EffectState state = switch (action) {
            case RELEASE -> EffectState.PENDING;
            case SKIP -> EffectState.SUPPRESSED;
            default -> EffectState.DONE;
        };
        long changed = results.entrySet().stream()
                .filter(it -> !it.getKey().equals(SKIPPED))
                .mapToLong(Map.Entry::getValue)
                .sum();
        entered.accept(state, (int) changed);
    }

    @Override
    public List<OperationItem> items(Sql sql, UUID operation, long after, int limit) throws SQLException {
        return sql.query(
                "SELECT i.number, i.effect_id, e.reaction, e.deal_id, i.result, i.why, e.state, e.reason, e.updated_at"
                        + " FROM (SELECT * FROM operation_items WHERE operation = ? AND number > ? ORDER BY number LIMIT ?) i"
                        + " LEFT JOIN effects e ON e.id = i.effect_id ORDER BY i.number",
                EffectWork::item,
                operation,
                after,
                limit);
    }

    private static OperationItem item(ResultSet row) throws SQLException {
        Map<String, Object> effect = new LinkedHashMap<>();
        effect.put("id", row.getString(2));
        String state = row.getString(7);
        if (state == null) {
            return new OperationItem(row.getLong(1), effect, row.getString(5), row.getString(6), null);
        }
        effect.put("reaction", row.getString(3));
        effect.put("master_deal_id", row.getString(4));
        return new OperationItem(
                row.getLong(1),
                effect,
                row.getString(5),
                row.getString(6),
                new OperationItem.Since(
                        state,
                        row.getString(8),
                        Times.text(row.getObject(9, OffsetDateTime.class).toInstant())));
    }
}
