package io.masterdeal.role.replication;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * A database whose write-ahead log is read, with connections outside the pool: the replication protocol needs connections of its own
 * kind, and a lease is held with a session.
 *
 * @param url JDBC URL
 * @param user a login with REPLICATION
 * @param password its password
 * @param schema the schema of sessions
 * @param application the name under which PostgreSQL lists the connections
 */
public record ReplicationSource(String url, String user, String password, String schema, String application) {

    /** A reader that waits longer for PostgreSQL has lost its network, and soon its lease. */
    private static final int SOCKET_TIMEOUT_S = 10;

    /** If the machine of a reader is gone, PostgreSQL is not told, and would keep its sessions and the rows they hold. */
    private static final String SERVER_SETTINGS =
            "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
                    + " -c idle_in_transaction_session_timeout=60s";

    /**
     * Opens a session with the schema.
     *
     * @throws SQLException if PostgreSQL cannot be reached or refuses the login
     */
    public Connection open() throws SQLException {
        Properties properties = properties();
        PGProperty.CURRENT_SCHEMA.set(properties, schema);
        return DriverManager.getConnection(url, properties);
    }

    /**
     * Opens a connection that speaks the replication protocol, for {@link ReplicationSlot#stream}.
     *
     * @throws SQLException if PostgreSQL cannot be reached, or refuses the login or its right to replicate
     */
    public Connection openForReplication() throws SQLException {
        Properties properties = properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return DriverManager.getConnection(url, properties);
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.APPLICATION_NAME.set(properties, application);
        PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_TIMEOUT_S);
        PGProperty.CONNECT_TIMEOUT.set(properties, SOCKET_TIMEOUT_S);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.OPTIONS.set(properties, SERVER_SETTINGS);
        return properties;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
