package io.masterdeal.facts.settings;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A setting that the processes at work share. Each holds a shared advisory lock as long as it works, and only one that is
 * alone may bring another setting.
 */
public final class SettingInUse implements AutoCloseable {

    private final Connection connection;

    private final SharedSetting setting;

    private SettingInUse(Connection connection, SharedSetting setting) {
        this.connection = connection;
        this.setting = setting;
    }

    /**
     * Announces the setting of this process.
     *
     * @param connection a connection for this purpose alone, in auto-commit mode; closed with this object, but not if this throws
     * @throws OtherSettingsException if another process works with another setting; says which
     * @throws SettingRefusedException if this one is not to come into use; says why
     */
    public static SettingInUse announce(Connection connection, SharedSetting ours)
            throws SQLException, OtherSettingsException {
        Sql sql = new Sql(connection);
        for (int attempt = 1; ; attempt++) {
            lock(sql, ours, "pg_advisory_lock_shared");
            boolean joined = false;
            boolean last = attempt >= ours.attempts();
            String difference = "";
            try {
                if (ours.isInUse(connection)) {
                    ours.join(connection);
                    joined = true;
                    return new SettingInUse(connection, ours);
                }
                difference = last ? ours.difference(connection) : "";
            } finally {
                if (!joined) {
                    lock(sql, ours, "pg_advisory_unlock_shared");
                }
            }
            if (lock(sql, ours, "pg_try_advisory_lock")) {
                bring(connection, sql, ours);
            } else if (last) {
                throw new OtherSettingsException(difference);
            } else {
                // Processes that start together with the same setting find each other here; one of them goes ahead.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(50_000_000L, 150_000_000L));
            }
        }
    }

    /** The connection may go back to a pool, so the lock ends here even if the setting is refused. */
    private static void bring(Connection connection, Sql sql, SharedSetting ours) throws SQLException {
        try {
            ours.bring(connection);
        } finally {
            lock(sql, ours, "pg_advisory_unlock");
        }
    }

    /** Returns what a function returns that tries to lock; true of the others. */
    private static boolean lock(Sql sql, SharedSetting setting, String function) throws SQLException {
        return sql.query(
                        "SELECT " + function + "(?, hashtext(current_schema()))::text",
                        row -> !"false".equals(row.getString(1)),
                        setting.lock())
                .getFirst();
    }

    /** Whether the connection, and the lock with it, still stand. */
    boolean isHeld() throws SQLException {
        return connection.isValid(5);
    }

    @Override
    public void close() throws SQLException {
        try { // The connection may go back to a pool.
            lock(new Sql(connection), setting, "pg_advisory_unlock_shared");
        } finally {
            connection.close();
        }
    }
}
