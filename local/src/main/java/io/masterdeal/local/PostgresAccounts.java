package io.masterdeal.local;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The roles and databases in PostgreSQL, and the check that the server keeps what it confirms. */
final class PostgresAccounts {
    /** The role given to users, and the name of its database. */
    static final String MASTERDEAL = "masterdeal";
    /** The registry's role, and the name of its database. */
    static final String REGISTRY = "registry";
    /** The superuser, used by this package alone. */
    static final String SUPERUSER = "postgres";

    static final String MASTERDEAL_SECRET = "postgresql.password";
    static final String REGISTRY_SECRET = "postgresql-registry.password";
    static final String SUPERUSER_SECRET = "postgresql-superuser.password";

    /** Settings that are asserted at every start: without these, committed data may be lost or the relay cannot follow. */
    private static final Map<String, String> ASSERTED = asserted();

    private PostgresAccounts() {}

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/" + database;
    }

    /** Refuses a server with unsafe settings, and creates what is missing. */
    static void prepare(DataDirectory data, int port) throws IOException {
        Properties login = new Properties();
        login.put("user", SUPERUSER);
        login.put("password", data.secret(SUPERUSER_SECRET));
        login.put("connectTimeout", "10");
        try (Connection connection = DriverManager.getConnection(jdbcUrl(port, SUPERUSER), login)) {
            assertSettings(connection);
            // Passwords are in what follows, and must not get into the server's log, not even when it fails.
            execute(connection, "SET log_statement = 'none'");
            execute(connection, "SET log_min_error_statement = 'panic'");
            createRole(connection, MASTERDEAL, "LOGIN REPLICATION CREATEROLE CREATEDB", data.secret(MASTERDEAL_SECRET));
            execute(connection, "GRANT pg_monitor, pg_signal_backend, pg_checkpoint TO " + MASTERDEAL);
            createRole(connection, REGISTRY, "LOGIN", data.secret(REGISTRY_SECRET));
            createDatabase(connection, MASTERDEAL);
            createDatabase(connection, REGISTRY);
            execute(connection, "REVOKE ALL ON DATABASE " + REGISTRY + " FROM PUBLIC");
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                throw new LocalInfrastructureException(
                        "PostgreSQL refuses the password in " + data.secretFile(SUPERUSER_SECRET)
                                + ". Put the file back with which the data was made, or start with a new data directory.",
                        e);
            }
            throw new LocalInfrastructureException("PostgreSQL cannot be prepared: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> asserted() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        settings.put("wal_level", "logical");
        settings.put("max_replication_slots", "10");
        settings.put("max_wal_senders", "10");
        settings.put("max_connections", "100");
        settings.put("listen_addresses", Ports.LOOPBACK);
        settings.put("password_encryption", "scram-sha-256");
        settings.put("server_encoding", "UTF8");
        return settings;
    }

    static void assertSettings(Connection connection) throws SQLException {
        for (Map.Entry<String, String> setting : ASSERTED.entrySet()) {
            String actual = single(connection, "SHOW " + setting.getKey());
            if (!setting.getValue().equals(actual)) {
                throw new LocalInfrastructureException("PostgreSQL runs with " + setting.getKey() + " = " + actual
                        + ", but " + setting.getValue() + " is needed. Take the setting out of postgresql.conf and"
                        + " postgresql.auto.conf in the data directory, and out of PGOPTIONS.");
            }
        }
        String locale = single(connection, "SELECT datlocale FROM pg_database WHERE datname = 'template1'");
        if (!"C.UTF-8".equals(locale)) {
            throw new LocalInfrastructureException("PostgreSQL's data was made for the locale " + locale
                    + ", but C.UTF-8 is needed. Start with a new data directory.");
        }
    }

    private static void createRole(Connection connection, String role, String rights, String password)
            throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            execute(connection, "CREATE ROLE " + role + " " + rights);
        }
        // At every start, so that the file in secrets/ is always right. Its letters need no quoting.
        execute(connection, "ALTER ROLE " + role + " PASSWORD '" + password + "'");
    }

    private static void createDatabase(Connection connection, String name) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
            execute(connection, "CREATE DATABASE " + name + " OWNER " + name);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
