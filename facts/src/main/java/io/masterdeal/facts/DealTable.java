package io.masterdeal.facts;

import io.masterdeal.facts.sla.KeptSla;
import io.masterdeal.facts.sla.StoredSla;
import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code deals}: answers, and the states to continue folding from. */
final class DealTable {

    private static final Logger log = LoggerFactory.getLogger(DealTable.class);

    private final Sql sql;

    DealTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * A deal as it is stored.
     *
     * @param root null if only its id is known so far
     * @param rules the meaning of the rule set the answer was made with; null if that is not known
     * @param state null if it was never folded, or is unreadable
     * @param stale whether the state must not be continued from, but the deal folded from its facts
     * @param facts how many facts it had when it was folded last
     * @param slaPolicies the meaning of the policies with which the clocks were evaluated; null if they were not
     * @param slaAt for which instant they were, UTC; null if they were not
     * @param sla what was kept of them; null if nothing was, or it is unreadable
     * @param fields what was kept of the attributes of the root; null if nothing was, or it is unreadable
     * @param isNew whether this transaction has made it: then it has no facts but those of this transaction
     */
    record Stored(
            UUID id,
            @Nullable ObjectKey root,
            long revision,
            Answer answer,
            @Nullable UUID rules,
            @Nullable DealState state,
            boolean stale,
            int facts,
            @Nullable UUID slaPolicies,
            @Nullable Instant slaAt,
            @Nullable KeptSla sla,
            @Nullable KeptFields fields,
            boolean isNew) {

        static Stored made(UUID id, @Nullable ObjectKey root) {
            return new Stored(id, root, 0, Answer.UNKNOWN, null, null, false, 0, null, null, null, null, true);
        }

        Stored withRoot(ObjectKey named) {
            return new Stored(
                    id, named, revision, answer, rules, state, stale, facts, slaPolicies, slaAt, sla, fields, isNew);
        }
    }

    /** Locks deals until the end of the transaction, in the order of their ids, and inserts those that are new. */
    List<Stored> lock(Map<UUID, @Nullable ObjectKey> deals) throws SQLException {
        Set<UUID> made = insert(deals);
        List<Stored> stored = new ArrayList<>();
        made.forEach(id -> stored.add(Stored.made(id, deals.get(id))));
        Set<UUID> there = new HashSet<>(deals.keySet());
        there.removeAll(made);
        if (!there.isEmpty()) {
            sql.forEach("""
                    SELECT id, root_key, known, revision, stage, outcome, gaps, rules, state, stale, facts,
                        sla_policies, sla_at, sla_state, fields
                    FROM deals WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE
                    """, row -> stored.add(read(row)), new Sql.Uuids(there));
        }
        return nameRoots(stored, deals);
    }

    /**
     * Inserts the rows of deals that are new.
     *
     * @return the new ones
     */
    private Set<UUID> insert(Map<UUID, @Nullable ObjectKey> deals) throws SQLException {
        SortedMap<UUID, @Nullable ObjectKey> sorted = new TreeMap<>(EventIdOrder.INSTANCE);
        sorted.putAll(deals);
        List<@Nullable String> roots = new ArrayList<>();
        sorted.values().forEach(root -> roots.add(root == null ? null : root.value()));
        return new HashSet<>(
                sql.query("""
                INSERT INTO deals (id, root_key)
                SELECT id, root_key FROM unnest(?, ?) WITH ORDINALITY AS t (id, root_key, n) ORDER BY n
                ON CONFLICT (id) DO NOTHING RETURNING id
                """, row -> FactTable.uuid(row, 1), new Sql.Uuids(sorted.keySet()), new Sql.Texts(roots)));
    }

    /** Stores the roots of deals of which only the id was known. */
    private List<Stored> nameRoots(List<Stored> stored, Map<UUID, @Nullable ObjectKey> deals) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        List<Stored> named = new ArrayList<>(stored.size());
        for (Stored deal : stored) {
            ObjectKey root = deals.get(deal.id());
            if (deal.root() == null && root != null) {
                ids.add(deal.id());
                roots.add(root.value());
                named.add(deal.withRoot(root));
            } else {
                named.add(deal);
            }
        }
        nameRoots(ids, roots);
        return named;
    }

    private void nameRoots(List<UUID> ids, List<String> roots) throws SQLException {
        if (!ids.isEmpty()) {
            sql.update("""
                    UPDATE deals d SET root_key = t.root_key FROM unnest(?, ?) AS t (id, root_key)
                    WHERE d.id = t.id AND d.root_key IS NULL
                    """, new Sql.Uuids(ids), new Sql.Texts(roots));
        }
    }

    /**
     * Inserts the rows of deals that are settled later, so that none looks new then, and stores the roots that are known by now.
     */
    void announce(Map<UUID, @Nullable ObjectKey> deals) throws SQLException {
        insert(deals);
        List<UUID> ids = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        deals.forEach((id, root) -> {
            if (root != null) {
                ids.add(id);
                roots.add(root.value());
            }
        });
        nameRoots(ids, roots);
    }

    /** Which of these deals a standing fact names, as its subject or in a link. */
    Collection<UUID> known(Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        return sql.query("""
                SELECT d.id FROM deals d WHERE d.id = ANY (?) AND d.root_key IS NOT NULL
                AND (EXISTS (SELECT 1 FROM links l WHERE l.parent = d.root_key)
                    OR EXISTS (SELECT 1 FROM facts f WHERE f.subject = d.root_key AND NOT f.retracted))
                """, row -> FactTable.uuid(row, 1), new Sql.Uuids(ids));
    }

    /**
     * A deal as it has to be stored.
     *
     * @param state null if no fact names the deal any more
     * @param sla what is kept of its clocks
     * @param slaAt for which instant they were evaluated
     * @param fields what is kept of the attributes of its root; null if no fact names the deal any more
     */
    record Folded(
            UUID id,
            long revision,
            Answer answer,
            int facts,
            @Nullable DealState state,
            KeptSla sla,
            Instant slaAt,
            @Nullable KeptFields fields) {

        /** When the last step of its timeline took effect, as text; null if it has none. */
        @Nullable
        String stageSince() {
            return answer.timeline().isEmpty()
                    ? null
                    : answer.timeline().getLast().effectiveAt().toString();
        }
    }

    void write(Collection<Folded> folded, RuleSet rules, UUID policies) throws SQLException {
        if (folded.isEmpty()) {
            return;
        }
        sql.update(
                """
                UPDATE deals d SET known = t.known, revision = t.revision, stage = t.stage, outcome = t.outcome,
                    gaps = t.gaps::text[],
                    facts = t.facts, rule_set = ?, rules = ?, state = t.state, stale = false,
                    sla_state = t.sla_state, sla_policies = ?, sla_at = to_timestamp(t.sla_at / 1000.0),
                    stage_since = t.stage_since::timestamptz, fields = t.fields,
                    updated_at = transaction_timestamp()
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (id, known, revision, stage, outcome, gaps, facts, state, sla_state, sla_at, stage_since, fields)
                WHERE d.id = t.id
                """,
                rules.label(),
                rules.meaning(),
                policies,
                new Sql.Uuids(column(folded, Folded::id)),
                new Sql.Flags(column(folded, it -> it.answer().known())),
                new Sql.Longs(column(folded, Folded::revision)),
                new Sql.Texts(column(folded, it -> it.answer().stage())),
                new Sql.Texts(column(folded, it -> it.answer().outcome())),
                new Sql.Texts(column(folded, it -> Sql.literal(it.answer().gaps(), Function.identity()))),
                new Sql.Longs(column(folded, it -> (long) it.facts())),
                new Sql.Bytes(DealTable.<byte @Nullable []>column(
                        folded, it -> it.state() == null ? null : StoredState.write(it.state()))),
                new Sql.Bytes(DealTable.<byte @Nullable []>column(
                        folded, it -> it.sla().isEmpty() ? null : StoredSla.write(it.sla()))),
                new Sql.Longs(column(folded, it -> it.slaAt().toEpochMilli())),
                new Sql.Texts(DealTable.<@Nullable String>column(folded, Folded::stageSince)),
                new Sql.Bytes(DealTable.<byte @Nullable []>column(
                        folded, it -> it.fields() == null ? null : StoredFields.write(it.fields()))));
    }

    /**
     * The epoch of what this transaction publishes. It has to be read while the transaction holds the locks of the deals: then it
     * is not less than that of any revision they have.
     */
    long epoch() throws SQLException {
        List<Long> epoch = sql.query("SELECT epoch FROM leases WHERE name = 'relay'", row -> row.getLong(1));
        return epoch.isEmpty() ? 0 : epoch.getFirst();
    }

    /**
     * Marks the stored states of these deals as lacking facts, so that no transaction continues from them before the deals are
     * folded from their facts. The caller holds their locks, and has marked them to be folded.
     */
    void markStale(Collection<UUID> ids) throws SQLException {
        if (!ids.isEmpty()) {
            sql.update("UPDATE deals SET stale = true WHERE id = ANY (?) AND NOT stale", new Sql.Uuids(ids));
        }
    }

    /** How many facts each of these deals had when it was folded last. */
    Map<UUID, Integer> factsOf(Collection<UUID> ids) throws SQLException {
        Map<UUID, Integer> facts = new HashMap<>();
        sql.forEach(
                "SELECT id, facts FROM deals WHERE id = ANY (?)",
                row -> facts.put(FactTable.uuid(row, 1), row.getInt(2)),
                new Sql.Uuids(ids));
        return facts;
    }

    private static Stored read(ResultSet row) throws SQLException {
        String root = row.getString("root_key");
        DealState state = state(row);
        KeptSla sla = sla(row);
        KeptFields fields = fields(row);
        OffsetDateTime slaAt = row.getObject("sla_at", OffsetDateTime.class);
        Answer answer = new Answer(
                row.getBoolean("known"),
                row.getString("stage"),
                row.getString("outcome"),
                Arrays.asList((String[]) row.getArray("gaps").getArray()),
                state == null ? List.of() : state.timeline(),
                state == null ? new TreeMap<>() : StoredState.objects(state),
                sla == null ? List.of() : sla.clocks(),
                fields == null ? new TreeMap<>() : fields.values());
        return new Stored(
                FactTable.uuid(row, "id"),
                root == null ? null : new ObjectKey(root),
                row.getLong("revision"),
                answer,
                row.getObject("rules", UUID.class),
                state,
                row.getBoolean("stale"),
                row.getInt("facts"),
                row.getObject("sla_policies", UUID.class),
                slaAt == null ? null : slaAt.toInstant(),
                sla,
                fields,
                false);
    }

    private static @Nullable KeptFields fields(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("fields");
        try {
            return bytes == null ? null : StoredFields.read(bytes);
        } catch (RuntimeException e) {
            log.warn(
                    "the attributes of deal {} are unreadable; they are read from its facts: {}",
                    row.getString("id"),
                    e.toString());
            return null;
        }
    }

    private static @Nullable DealState state(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("state");
        try {
            return bytes == null ? null : StoredState.read(bytes);
        } catch (RuntimeException e) {
            log.warn(
                    "the state of deal {} is unreadable; it is folded from its facts: {}",
                    row.getString("id"),
                    e.toString());
            return null;
        }
    }

    /** Clocks that were evaluated and found to be none are something else than none that are known. */
    private static @Nullable KeptSla sla(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("sla_state");
        try {
            if (bytes == null) {
                return row.getObject("sla_policies") == null ? null : KeptSla.NONE;
            }
            return StoredSla.read(bytes);
        } catch (RuntimeException e) {
            log.warn(
                    "the clocks of deal {} are unreadable; they are made from its facts: {}",
                    row.getString("id"),
                    e.toString());
            return null;
        }
    }

    private static <T extends @Nullable Object> List<T> column(Collection<Folded> rows, Function<Folded, T> value) {
        List<T> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
