package io.masterdeal.facts;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Deals that are to be folded again soon. */
final class PendingFolds {

    private final Sql sql;

    PendingFolds(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * Marks deals. An existing row is written again, so that a transaction that is about to take it away waits, or is waited for,
     * and never misses what this transaction adds.
     */
    void add(Collection<UUID> dealIds) throws SQLException {
        if (dealIds.isEmpty()) {
            return;
        }
        TreeSet<UUID> sorted = new TreeSet<>(EventIdOrder.INSTANCE);
        sorted.addAll(dealIds);
        sql.update("""
                INSERT INTO pending_folds AS p (deal_id, snapshot)
                SELECT id, false FROM unnest(?) WITH ORDINALITY AS t (id, n) ORDER BY n
                ON CONFLICT (deal_id) DO UPDATE SET snapshot = p.snapshot
                """, new Sql.Uuids(sorted));
    }

    /**
     * Marks every deal, including those that are not known any more.
     *
     * @param snapshot whether each has to be published even if its answer does not change
     * @return how many
     */
    int addAll(boolean snapshot) throws SQLException {
        return sql.update("""
                INSERT INTO pending_folds AS p (deal_id, snapshot)
                SELECT id, ? FROM deals WHERE root_key IS NOT NULL AND (revision > 0 OR NOT ?) ORDER BY id
                ON CONFLICT (deal_id) DO UPDATE SET snapshot = p.snapshot OR excluded.snapshot,
                    due_at = '-infinity', failure = NULL, attempts = 0
                """, snapshot, snapshot);
    }

    /**
     * Marks known deals that were folded last by a release without attributes: it may have done so after a newer one marked them all.
     *
     * @return how many
     */
    int addThoseWithoutFields() throws SQLException {
        return sql.update("""
                INSERT INTO pending_folds (deal_id, snapshot)
                SELECT id, false FROM deals WHERE known AND fields IS NULL ORDER BY id
                ON CONFLICT (deal_id) DO NOTHING
                """);
    }

    /**
     * What is known about a deal that waits.
     *
     * @param snapshot whether it has to be published even if its answer does not change
     * @param attempts how often it could not be folded so far
     */
    record Mark(boolean snapshot, int attempts) {}

    /**
     * Marks deals that could not be folded, to be tried again in a while: after 30 seconds, then each time after twice as long,
     * up to an hour.
     *
     * @param failures why not, by deal
     * @param marks the marks that the caller took away before; other deals had none, or still have theirs
     */
    void postpone(Map<UUID, String> failures, Map<UUID, Mark> marks) throws SQLException {
        for (Map.Entry<UUID, String> failure : new TreeMap<>(failures).entrySet()) {
            Mark mark = marks.getOrDefault(failure.getKey(), new Mark(false, 0));
            sql.update("""
                    INSERT INTO pending_folds AS p (deal_id, snapshot, due_at, failure, attempts)
                    VALUES (?, ?, now() + least(3600, 30 * power(2, least(?, 10))) * interval '1 second', ?, ? + 1)
                    ON CONFLICT (deal_id) DO UPDATE SET snapshot = p.snapshot OR excluded.snapshot,
                        due_at = greatest(p.due_at, excluded.due_at), failure = excluded.failure,
                        attempts = greatest(p.attempts, excluded.attempts)
                    """, failure.getKey(), mark.snapshot(), mark.attempts(), failure.getValue(), mark.attempts());
        }
    }

    /** Locks marks that are due, until the end of the transaction, in the order of the deals' ids. */
    Map<UUID, Mark> lock(int atMost) throws SQLException {
        Map<UUID, Mark> held = new LinkedHashMap<>();
        sql.forEach("""
                SELECT deal_id, snapshot, attempts FROM pending_folds WHERE due_at <= now() ORDER BY deal_id LIMIT ?
                FOR UPDATE SKIP LOCKED
                """, row -> held.put(FactTable.uuid(row, 1), new Mark(row.getBoolean(2), row.getInt(3))), atMost);
        return held;
    }

    /** The same for one deal, due or not; empty if it is not marked any more. */
    Map<UUID, Mark> lock(UUID deal) throws SQLException {
        Map<UUID, Mark> held = new LinkedHashMap<>();
        sql.forEach(
                "SELECT snapshot, attempts FROM pending_folds WHERE deal_id = ? FOR UPDATE",
                row -> held.put(deal, new Mark(row.getBoolean(1), row.getInt(2))),
                deal);
        return held;
    }

    /** Removes marks that the caller has locked, since it folds those deals in the same transaction. */
    void take(Collection<UUID> dealIds) throws SQLException {
        sql.update("DELETE FROM pending_folds WHERE deal_id = ANY (?)", new Sql.Uuids(dealIds));
    }
}
