package io.masterdeal.facts;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Which rule set the answers are made with. All processes that share a schema use the same one: each holds a shared
 * advisory lock as long as it runs, and only one that is alone may bring another rule set.
 */
public final class RuleSetInUse implements AutoCloseable {

    /** The first half of an advisory lock's key; the second is the schema. */
    private static final int LOCK = 0x6d640001;

    private static final int MOST_ATTEMPTS = 30;

    private final Connection connection;

    private RuleSetInUse(Connection connection) {
        this.connection = connection;
    }

    /**
     * Announces the rule set of this process. If it is another one than before, every deal is marked to be folded again.
     *
     * @param connection a connection for this purpose alone, in auto-commit mode; closed with this object
     * @param identity name, version and meaning of the rule set
     * @throws IllegalStateException if another process runs with another rule set
     */
    public static RuleSetInUse announce(Connection connection, String identity) throws SQLException {
        Sql sql = new Sql(connection);
        for (int attempt = 1; ; attempt++) {
            sql.query("SELECT pg_advisory_lock_shared(?, hashtext(current_schema()))", _ -> true, LOCK);
            if (current(sql).equals(List.of(identity))) {
                return new RuleSetInUse(connection);
            }
            sql.query("SELECT pg_advisory_unlock_shared(?, hashtext(current_schema()))", _ -> true, LOCK);
            boolean alone = sql.query(
                            "SELECT pg_try_advisory_lock(?, hashtext(current_schema()))",
                            row -> row.getBoolean(1),
                            LOCK)
                    .getFirst();
            if (alone) {
                change(connection, sql, identity);
                sql.query("SELECT pg_advisory_unlock(?, hashtext(current_schema()))", _ -> true, LOCK);
            } else if (attempt == MOST_ATTEMPTS) {
                throw new IllegalStateException("another service process makes its answers with rule set "
                        + current(sql) + ", this one was to use " + identity
                        + ": stop the other one first, or start this one with the same rule set");
            } else {
                // Processes that start together with one rule set find each other here; one of them goes ahead.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(50_000_000L, 150_000_000L));
            }
        }
    }

    private static List<String> current(Sql sql) throws SQLException {
        return sql.query("SELECT rule_set FROM active_rules", row -> row.getString(1));
    }

    private static void change(Connection connection, Sql sql, String identity) throws SQLException {
        Transactions.runOnce(connection, it -> {
            sql.update("""
                    INSERT INTO active_rules (rule_set) VALUES (?)
                    ON CONFLICT (only_row) DO UPDATE SET rule_set = excluded.rule_set
                    """, identity);
            // The answers stay, with the rule set they were made with, until each deal has been folded by this one.
            // Before this version nothing was kept of them; and what a process of such a version did beside is counted
            // here too.
            Counts.recount(it);
            return new PendingFolds(it).addAll(false);
        });
    }

    /** Whether the connection, and the lock with it, still stand. */
    boolean isHeld() throws SQLException {
        return connection.isValid(5);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
