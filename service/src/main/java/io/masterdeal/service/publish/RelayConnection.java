package io.masterdeal.service.publish;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/**
 * Where PostgreSQL is, for connections outside the pool: the replication protocol needs connections of its own kind, and
 * a lease is held with a session.
 *
 * @param url JDBC URL
 * @param user a login with REPLICATION
 * @param password its password
 * @param schema the schema of the service
 */
public record RelayConnection(String url, String user, String password, String schema) {

    /** Who waits so long for PostgreSQL has lost its network, or soon its lease. */
    private static final int SOCKET_TIMEOUT_S = 10;

    /** Of a process whose machine is gone PostgreSQL hears nothing, and would keep its sessions. */
    private static final String NOTICE_SOON =
            "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
                    + " -c idle_in_transaction_session_timeout=60s";

    Connection open() throws SQLException {
        Properties properties = properties();
        PGProperty.CURRENT_SCHEMA.set(properties, schema);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        return DriverManager.getConnection(url, properties);
    }

    Connection openForReplication() throws SQLException {
        Properties properties = properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        return DriverManager.getConnection(url, properties);
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.APPLICATION_NAME.set(properties, "masterdeal-relay");
        PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_TIMEOUT_S);
        PGProperty.CONNECT_TIMEOUT.set(properties, SOCKET_TIMEOUT_S);
        PGProperty.OPTIONS.set(properties, NOTICE_SOON);
        return properties;
    }

    /**
     * Reads from a slot, from where it stands. What is confirmed is only what the reader says: the driver must not
     * confirm on its own what Kafka does not have.
     */
    static PGReplicationStream stream(Connection replication, String slot) throws SQLException {
        return replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", slot)
                .withSlotOption("messages", true)
                .withStatusInterval(5, TimeUnit.SECONDS)
                .withAutomaticFlush(false)
                .start();
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
