package io.masterdeal.service.whatif;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets one job run at a time in all processes of a schema. PostgreSQL ends the lock with the connection, whatever becomes of the process. */
final class JobLock {

    /** The first half of the key; the second is the schema. */
    private static final int KEY = 0x6d640015;

    private JobLock() {}

    /** Returns whether this connection has it now. */
    static boolean take(Connection connection) throws SQLException {
        return call(connection, "pg_try_advisory_lock");
    }

    /** Ends it; the connection may go back to a pool. */
    static void release(Connection connection) throws SQLException {
        call(connection, "pg_advisory_unlock");
    }

    private static boolean call(Connection connection, String function) throws SQLException {
        return new Sql(connection)
                .query("SELECT " + function + "(?, hashtext(current_schema()))", row -> row.getBoolean(1), KEY)
                .getFirst();
    }

    /** Whether any process has it. */
    static boolean isHeld(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                            AND classid = ? AND objid = (hashtext(current_schema())::bigint & 4294967295))
                        """).param((long) KEY).query(Boolean.class).single();
    }
}
