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
import java.util.Set;
import java.util.function.Consumer;

/** The roles and databases in PostgreSQL, and the check that the server keeps what it has confirmed. */
final class PostgresAccounts {
    /** The owner of the platform's database, and the name of that database. */
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

    /**
     * Refuses a server with unsafe settings, and creates what is missing.
     *
     * @param roles that get a login each; if there are none, the owner of the database may do what any role needs
     */
    static void prepare(StartContext context, int port, Set<DatabaseRole> roles) throws IOException {
        DataDirectory data = context.data();
        try {
            try (Connection connection = connect(data, port, SUPERUSER)) {
                assertSettings(connection);
                createRole(connection, MASTERDEAL, "LOGIN", data.secret(MASTERDEAL_SECRET));
                createRole(connection, REGISTRY, "LOGIN", data.secret(REGISTRY_SECRET));
                createDatabase(connection, MASTERDEAL);
                createDatabase(connection, REGISTRY);
                execute(connection, "REVOKE ALL ON DATABASE " + REGISTRY + " FROM PUBLIC");
                if (roles.isEmpty()) {
                    letOwnerDoAll(connection);
                } else {
                    narrowOwner(connection);
                }
                for (DatabaseRole role : roles) {
                    createLogin(connection, role, data.secret(role.secret()));
                }
            }
            if (!roles.isEmpty()) {
                giveSchemas(data, port, roles, context.progress());
            }
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

    private static Connection connect(DataDirectory data, int port, String database) throws IOException, SQLException {
        Properties login = new Properties();
        login.put("user", SUPERUSER);
        login.put("password", data.secret(SUPERUSER_SECRET));
        login.put("connectTimeout", "10");
        // The statements contain passwords, which must not get into the server's log, not even when one fails.
        login.put("options", "-c log_statement=none -c log_min_error_statement=panic");
        return DriverManager.getConnection(jdbcUrl(port, database), login);
    }

    private static void letOwnerDoAll(Connection connection) throws SQLException {
        execute(connection, "ALTER ROLE " + MASTERDEAL + " REPLICATION CREATEROLE CREATEDB");
        execute(connection, "GRANT pg_monitor, pg_signal_backend, pg_checkpoint TO " + MASTERDEAL);
    }

    /** For people, who inspect the data and back it up: it can read everything, and change nothing of the roles. */
    private static void narrowOwner(Connection connection) throws SQLException {
        execute(connection, "ALTER ROLE " + MASTERDEAL + " NOREPLICATION NOCREATEROLE NOCREATEDB");
        execute(connection, "GRANT pg_monitor, pg_read_all_data TO " + MASTERDEAL);
        for (String granted : new String[] {"pg_signal_backend", "pg_checkpoint"}) {
            revokeMembership(connection, granted, MASTERDEAL);
        }
        execute(connection, "REVOKE ALL ON DATABASE " + MASTERDEAL + " FROM PUBLIC");
    }

    private static void createLogin(Connection connection, DatabaseRole role, String password) throws SQLException {
        String login = role.login();
        createRole(
                connection,
                login,
                "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS "
                        + (role.replicates() ? "REPLICATION" : "NOREPLICATION"),
                password);
        // An owner that was allowed to create roles could still make itself a member of those it created.
        revokeMembership(connection, login, MASTERDEAL);
        execute(connection, "REVOKE ALL ON DATABASE " + MASTERDEAL + " FROM " + login);
        // CREATE PUBLICATION requires CREATE on the database.
        execute(
                connection,
                "GRANT CONNECT" + (role.replicates() ? ", CREATE" : "") + " ON DATABASE " + MASTERDEAL + " TO "
                        + login);
    }

    private static void giveSchemas(DataDirectory data, int port, Set<DatabaseRole> roles, Consumer<String> progress)
            throws IOException, SQLException {
        try (Connection connection = connect(data, port, MASTERDEAL)) {
            for (DatabaseRole role : roles) {
                if (SchemaOwnership.give(connection, role.schema(), role.login())) {
                    progress.accept("PostgreSQL: the schema " + role.schema() + " now belongs to " + role.login());
                }
            }
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
            execute(connection, "CREATE ROLE " + role);
        }
        // At every start, so that rights and the file in secrets/ are always right. Its letters need no quoting.
        execute(connection, "ALTER ROLE " + role + " " + rights + " PASSWORD '" + password + "'");
    }

    private static void createDatabase(Connection connection, String name) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
            execute(connection, "CREATE DATABASE " + name + " OWNER " + name);
        }
    }

    private static void revokeMembership(Connection connection, String role, String member) throws SQLException {
        String membership =
                "SELECT 1 FROM pg_auth_members WHERE roleid = '" + role + "'::regrole AND member = ?::regrole";
        if (exists(connection, membership, member)) {
            execute(connection, "REVOKE " + role + " FROM " + member + " CASCADE");
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
