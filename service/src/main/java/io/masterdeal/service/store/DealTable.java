package io.masterdeal.service.store;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.TimelineStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code deals}: answers, and what is kept to go on from. */
final class DealTable {

    /** Before the name of the schema: the message prefix by which the relay of that schema knows what is for it. */
    static final String OUTBOX = "masterdeal.";

    private final Sql sql;

    DealTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * A deal as it is stored.
     *
     * @param root null if only its id is known so far
     * @param stateJson null if it was never folded
     */
    record Stored(
            UUID id,
            @Nullable ObjectKey root,
            long revision,
            Answer answer,
            String ruleSet,
            @Nullable String stateJson) {

        @Nullable
        DealState state() {
            return stateJson == null ? null : StoredJson.state(stateJson, answer.timeline());
        }
    }

    /** Takes hold of deals until the end of the transaction, in the order of their ids, making those that are new. */
    List<Stored> lock(Map<UUID, @Nullable ObjectKey> deals) throws SQLException {
        SortedMap<UUID, @Nullable ObjectKey> sorted = new TreeMap<>(EventIdOrder.INSTANCE);
        sorted.putAll(deals);
        List<@Nullable String> roots = new ArrayList<>();
        sorted.values().forEach(root -> roots.add(root == null ? null : root.value()));
        sql.update("""
                INSERT INTO deals (id, root_key)
                SELECT id, root_key FROM unnest(?, ?) WITH ORDINALITY AS t (id, root_key, n) ORDER BY n
                ON CONFLICT (id) DO NOTHING
                """, new Sql.Uuids(sorted.keySet()), new Sql.Texts(roots));
        sql.query(
                "SELECT 1 FROM deals WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE",
                _ -> true,
                new Sql.Uuids(sorted.keySet()));
        sql.update("""
                UPDATE deals d SET root_key = t.root_key FROM unnest(?, ?) AS t (id, root_key)
                WHERE d.id = t.id AND d.root_key IS NULL AND t.root_key IS NOT NULL
                """, new Sql.Uuids(sorted.keySet()), new Sql.Texts(roots));
        return sql.query("""
                SELECT id, root_key, known, revision, stage, outcome, gaps, timeline, objects, rule_set, state
                FROM deals WHERE id = ANY (?) ORDER BY id
                """, DealTable::read, new Sql.Uuids(sorted.keySet()));
    }

    /** Which of these deals a standing fact names, as its subject or in a link. */
    Collection<UUID> known(Collection<UUID> ids) throws SQLException {
        return sql.query("""
                SELECT d.id FROM deals d WHERE d.id = ANY (?) AND d.root_key IS NOT NULL
                AND (EXISTS (SELECT 1 FROM links l WHERE l.parent = d.root_key)
                    OR EXISTS (SELECT 1 FROM facts f WHERE f.subject = d.root_key AND NOT f.retracted))
                """, row -> FactTable.uuid(row, 1), new Sql.Uuids(ids));
    }

    /**
     * A deal as it has to be stored.
     *
     * @param deal null if nobody names the deal any more
     */
    record Folded(
            UUID id,
            long revision,
            Answer answer,
            @Nullable Deal deal,
            @Nullable DealState state) {}

    void write(Collection<Folded> folded, String ruleSet) throws SQLException {
        if (folded.isEmpty()) {
            return;
        }
        sql.update(
                """
                UPDATE deals d SET known = t.known, revision = t.revision, stage = t.stage, outcome = t.outcome,
                    gaps = coalesce((SELECT array_agg(value) FROM jsonb_array_elements_text(t.gaps::jsonb)), '{}'),
                    timeline = t.timeline::jsonb, objects = t.objects::jsonb, findings = t.findings::jsonb,
                    facts = t.facts, rule_set = ?, state = t.state::jsonb, updated_at = transaction_timestamp()
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS t (id, known, revision, stage, outcome, gaps, timeline,
                    objects, findings, facts, state)
                WHERE d.id = t.id
                """,
                ruleSet,
                new Sql.Uuids(column(folded, Folded::id)),
                new Sql.Flags(column(folded, it -> it.answer().known())),
                new Sql.Longs(column(folded, Folded::revision)),
                new Sql.Texts(column(folded, it -> it.answer().stage())),
                new Sql.Texts(column(folded, it -> it.answer().outcome())),
                new Sql.Texts(column(folded, it -> StoredJson.texts(it.answer().gaps()))),
                new Sql.Texts(
                        column(folded, it -> StoredJson.timeline(it.answer().timeline()))),
                new Sql.Texts(
                        column(folded, it -> StoredJson.objects(it.answer().objects()))),
                new Sql.Texts(column(folded, it -> it.deal() == null ? "[]" : StoredJson.findings(it.deal()))),
                new Sql.Longs(
                        column(folded, it -> it.deal() == null ? 0L : it.deal().facts())),
                new Sql.Texts(DealTable.<@Nullable String>column(
                        folded, it -> it.state() == null ? null : StoredJson.state(it.state()))));
    }

    /** Writes messages into the write-ahead log, where they stand if and only if this transaction commits. */
    void emit(List<String> messages) throws SQLException {
        if (!messages.isEmpty()) {
            sql.query("""
                    SELECT count(pg_logical_emit_message(true, ? || current_schema(), message))
                    FROM (SELECT message FROM unnest(?) WITH ORDINALITY AS t (message, n) ORDER BY n) AS sorted
                    """, _ -> true, OUTBOX, new Sql.Texts(messages));
        }
    }

    private static Stored read(ResultSet row) throws SQLException {
        String root = row.getString("root_key");
        List<TimelineStep> timeline = StoredJson.timeline(row.getString("timeline"));
        Answer answer = new Answer(
                row.getBoolean("known"),
                row.getString("stage"),
                row.getString("outcome"),
                Arrays.asList((String[]) row.getArray("gaps").getArray()),
                timeline,
                StoredJson.objects(row.getString("objects")));
        return new Stored(
                FactTable.uuid(row, "id"),
                root == null ? null : new ObjectKey(root),
                row.getLong("revision"),
                answer,
                row.getString("rule_set"),
                row.getString("state"));
    }

    private static <T extends @Nullable Object> List<T> column(
            Collection<Folded> rows, java.util.function.Function<Folded, T> value) {
        List<T> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
