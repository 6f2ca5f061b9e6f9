package io.masterdeal.service.store;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
     * Marks deals. The row is written even if it is there: so whoever is about to take it away waits, or is waited for,
     * and what this transaction adds is never missed.
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
     * Marks every deal, known or not any more.
     *
     * @param snapshot whether each has to be published even if its answer stays as it is
     * @return how many
     */
    int addAll(boolean snapshot) throws SQLException {
        return sql.update("""
                INSERT INTO pending_folds AS p (deal_id, snapshot)
                SELECT id, ? FROM deals WHERE root_key IS NOT NULL AND (revision > 0 OR NOT ?) ORDER BY id
                ON CONFLICT (deal_id) DO UPDATE SET snapshot = p.snapshot OR excluded.snapshot,
                    due_at = '-infinity', failure = NULL
                """, snapshot, snapshot);
    }

    /**
     * Marks deals that could not be folded, to be tried again in a while.
     *
     * @param failures why not, by deal
     * @param snapshots those of them that have to be published even if the answer stays as it is
     */
    void postpone(Map<UUID, String> failures, Set<UUID> snapshots) throws SQLException {
        for (Map.Entry<UUID, String> failure : new TreeMap<>(failures).entrySet()) {
            sql.update("""
                    INSERT INTO pending_folds AS p (deal_id, snapshot, due_at, failure)
                    VALUES (?, ?, now() + interval '30 seconds', ?)
                    ON CONFLICT (deal_id) DO UPDATE SET snapshot = p.snapshot OR excluded.snapshot,
                        due_at = excluded.due_at, failure = excluded.failure
                    """, failure.getKey(), snapshots.contains(failure.getKey()), failure.getValue());
        }
    }

    /** Takes marks away, for the caller to fold those deals in this same transaction. */
    Map<UUID, Boolean> take(int atMost) throws SQLException {
        Map<UUID, Boolean> taken = new HashMap<>();
        sql.forEach("""
                DELETE FROM pending_folds WHERE deal_id IN (
                    SELECT deal_id FROM pending_folds WHERE due_at <= now() ORDER BY deal_id LIMIT ?
                    FOR UPDATE SKIP LOCKED)
                RETURNING deal_id, snapshot
                """, row -> taken.put(FactTable.uuid(row, 1), row.getBoolean(2)), atMost);
        return taken;
    }
}
