package io.masterdeal.console.alerts;

import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database session of the process that judges. It holds an advisory lock, and all that the watch writes goes through it: so a process
 * that has lost the lock cannot write. A connection of its own, with short limits, because the watch has to go on while PostgreSQL is away.
 */
final class WatchSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchSession.class);

    /** Any number that no other lock of the database uses: the letters "watch". */
    private static final long LOCK = 0x7761746368L;

    private final String url;
    private final Properties properties = new Properties();
    private final String schema;
    private @Nullable Connection connection;

    /** What came of the attempt to hold the lock. */
    enum Hold {
        /** This process holds it, and has since the round before. */
        KEPT,
        /** This process holds it since now. */
        TAKEN,
        /** Another process holds it. */
        OTHERS,
        /** PostgreSQL does not answer. */
        AWAY
    }

    WatchSession(String url, String user, String password, String schema) {
        this.url = url;
        this.schema = schema;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("currentSchema", schema);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "3");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "masterdeal-console-watch");
    }

    /** Tries to hold the lock. */
    synchronized Hold hold() {
        Connection open = connection;
        try {
            if (open != null && query(open, "SELECT true")) {
                return Hold.KEPT;
            }
        } catch (SQLException e) {
            log.debug("the session of the watch has ended: {}", e.toString());
            drop();
        }
        return take();
    }

    private Hold take() {
        try {
            Connection opened = DriverManager.getConnection(url, properties);
            // One lock for each schema: several consoles may share a database.
            if (query(
                    opened,
                    "SELECT pg_try_advisory_lock(" + LOCK + " # hashtext('" + schema.replace("'", "''") + "'))")) {
                connection = opened;
                return Hold.TAKEN;
            }
            opened.close();
            return Hold.OTHERS;
        } catch (SQLException e) {
            log.debug("PostgreSQL does not answer the watch: {}", e.toString());
            return Hold.AWAY;
        }
    }

    private static boolean query(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /**
     * Does something in a transaction.
     *
     * @throws SQLException if it fails; after that the lock may be lost
     */
    synchronized <T> T run(Transactions.Work<T> work) throws SQLException {
        Connection open = connection;
        if (open == null) {
            throw new SQLException("the watch has no session", "08003");
        }
        try {
            return Transactions.runOnce(open, work);
        } catch (SQLException e) {
            drop();
            throw e;
        }
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            log.debug("closing the session of the watch", e);
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
