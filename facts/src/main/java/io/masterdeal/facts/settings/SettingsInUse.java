package io.masterdeal.facts.settings;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the processes at work share. Each holds a shared advisory lock as long as it works, and only one that is
 * alone may bring others.
 *
 * <p>Whether there is a gateway is remembered until the catalog or the reactions are changed: what a process without one finds,
 * it leaves to those that have one, also while none of them runs.
 */
final class SettingsInUse implements AutoCloseable {

    /** The first half of an advisory lock's key; the second is the schema. */
    private static final int LOCK = 0x6d640005;

    private static final int MOST_ATTEMPTS = 5;

    private final Connection connection;

    private SettingsInUse(Connection connection) {
        this.connection = connection;
    }

    private record InUse(String catalog, String reactions, boolean sends) {}

    /**
     * Announces the settings of this process.
     *
     * @param connection a connection for this purpose alone, in auto-commit mode; closed with this object, but not if this throws
     * @throws OtherSettingsException if another process works with others; says which
     */
    static SettingsInUse announce(Connection connection, WorkSettings ours)
            throws SQLException, OtherSettingsException {
        Sql sql = new Sql(connection);
        for (int attempt = 1; ; attempt++) {
            lock(sql, "pg_advisory_lock_shared");
            InUse now = current(sql);
            if (now != null && isSame(now, ours)) {
                if (ours.sends() && !now.sends()) {
                    sql.update("UPDATE active_settings SET sends = true");
                }
                return new SettingsInUse(connection);
            }
            lock(sql, "pg_advisory_unlock_shared");
            if (lock(sql, "pg_try_advisory_lock")) {
                bring(sql, ours);
                lock(sql, "pg_advisory_unlock");
            } else if (attempt == MOST_ATTEMPTS) {
                throw new OtherSettingsException(difference(now, ours));
            } else {
                // Processes that start together with the same settings find each other here; one of them goes ahead.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(50_000_000L, 150_000_000L));
            }
        }
    }

    /** Returns what a function returns that tries to lock; true of the others. */
    private static boolean lock(Sql sql, String function) throws SQLException {
        return sql.query(
                        "SELECT " + function + "(?, hashtext(current_schema()))::text",
                        row -> !"false".equals(row.getString(1)),
                        LOCK)
                .getFirst();
    }

    private static @Nullable InUse current(Sql sql) throws SQLException {
        List<InUse> rows = sql.query(
                "SELECT catalog, reactions, sends FROM active_settings",
                row -> new InUse(row.getString(1), row.getString(2), row.getBoolean(3)));
        return rows.isEmpty() ? null : rows.getFirst();
    }

    private static boolean isSame(InUse now, WorkSettings ours) {
        return now.catalog().equals(ours.catalog()) && now.reactions().equals(ours.reactions());
    }

    private static void bring(Sql sql, WorkSettings ours) throws SQLException {
        sql.update("""
            INSERT INTO active_settings AS s (catalog, reactions, sends) VALUES (?, ?, ?)
            ON CONFLICT (only_row) DO UPDATE
            SET catalog = excluded.catalog, reactions = excluded.reactions, sends = excluded.sends
            WHERE (s.catalog, s.reactions) <> (excluded.catalog, excluded.reactions)
            """, ours.catalog(), ours.reactions(), ours.sends());
    }

    private static String difference(@Nullable InUse now, WorkSettings ours) {
        List<String> what = new ArrayList<>();
        if (now == null || !now.catalog().equals(ours.catalog())) {
            what.add("another catalog of events (masterdeal.catalog, or another release)");
        }
        if (now == null || !now.reactions().equals(ours.reactions())) {
            what.add("other reactions (masterdeal.reactions)");
        }
        return "another service process works with " + String.join(" and ", what)
                + ": stop it, or start this one with the same";
    }

    /** Whether the connection, and the lock with it, still stand. */
    boolean isHeld() throws SQLException {
        return connection.isValid(5);
    }

    @Override
    public void close() throws SQLException {
        try { // It may go back to a pool.
            lock(new Sql(connection), "pg_advisory_unlock_shared");
        } finally {
            connection.close();
        }
    }
}
