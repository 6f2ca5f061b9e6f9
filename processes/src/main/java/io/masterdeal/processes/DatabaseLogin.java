package io.masterdeal.processes;

import io.masterdeal.local.LocalAddresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How the roles reach PostgreSQL.
 *
 * @param jdbcUrl JDBC URL of the database {@code masterdeal}, without user and password
 * @param user its owner
 * @param password that user's; secret
 */
public record DatabaseLogin(String jdbcUrl, String user, String password) {

    /** The one of local servers. */
    public static DatabaseLogin of(LocalAddresses servers) {
        return new DatabaseLogin(servers.jdbcUrl(), servers.postgresUser(), servers.postgresPassword());
    }

    /** A connection to the database. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /**
     * A connection whose statements find the tables of a schema without naming it.
     *
     * @param schema its name
     */
    public Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(jdbcUrl + "?currentSchema=" + schema, user, password);
    }

    /** The login without its secret. */
    @Override
    public String toString() {
        return "DatabaseLogin[jdbcUrl=" + jdbcUrl + ", user=" + user + "]";
    }
}
