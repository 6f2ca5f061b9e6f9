package io.masterdeal.facts;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Puts orphans aside until a new fact of them comes. That is a note: it is no fact, and changes no answer. */
public final class OrphanNotes {

    private OrphanNotes() {}

    /**
     * Puts an orphan aside. If it was aside already, only the reason changes.
     *
     * @param connection in a transaction
     * @param key the object
     * @param reason why
     * @param actedBy who does it
     * @return false if the object is no orphan; then nothing changes
     */
    public static boolean dismiss(Connection connection, String key, String reason, String actedBy)
            throws SQLException {
        if (!set(connection, key, true)) {
            return false;
        }
        new Sql(connection).update("""
                INSERT INTO orphan_dismissals (key, reason, acted_by) VALUES (?, ?, ?) ON CONFLICT (key)
                DO UPDATE SET reason = excluded.reason, acted_by = excluded.acted_by, dismissed_at = excluded.dismissed_at
                """, key, reason, actedBy);
        return true;
    }

    /**
     * Takes an orphan back that was put aside.
     *
     * @param connection in a transaction
     * @param key the object
     * @return false if it is not aside; then nothing changes
     */
    public static boolean restore(Connection connection, String key) throws SQLException {
        set(connection, key, false);
        return new Sql(connection).update("DELETE FROM orphan_dismissals WHERE key = ?", key) > 0;
    }

    /**
     * Sets the copy in the orphan's row; false if there is no such row. The object is locked first, as a batch does it, and then the row: a
     * fold that makes the object's deal known deletes it without the lock of the object.
     */
    private static boolean set(Connection connection, String key, boolean dismissed) throws SQLException {
        Sql sql = new Sql(connection);
        sql.query("SELECT 1 FROM objects WHERE key = ? FOR NO KEY UPDATE", _ -> true, key);
        List<Boolean> before =
                sql.query("SELECT dismissed FROM orphans WHERE key = ? FOR UPDATE", row -> row.getBoolean(1), key);
        if (before.isEmpty()) {
            return false;
        }
        if (before.getFirst() != dismissed) {
            Counts counts = new Counts();
            sql.forEach(
                    "UPDATE orphans SET dismissed = ? WHERE key = ? RETURNING system || '|' || reason",
                    row -> counts.change(Counts.ORPHANS_DISMISSED, row.getString(1), dismissed ? 1 : -1),
                    dismissed,
                    key);
            counts.write(connection);
        }
        return true;
    }
}
