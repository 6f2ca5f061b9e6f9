package io.masterdeal.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a login the owner of a schema and of all in it. Earlier versions had one login for all roles; what it owned is handed over
 * at the first start of this one.
 */
final class SchemaOwnership {

    /**
     * What another login owns, as statements that hand it over. A sequence that belongs to a column, and the type of a table's
     * rows, go with the table.
     */
    private static final String HAND_OVER = """
            WITH schema AS (SELECT oid, nspname, nspowner FROM pg_namespace WHERE nspname = ?),
                login AS (SELECT oid, rolname FROM pg_roles WHERE rolname = ?)
            SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, rolname)
            FROM schema, login WHERE nspowner <> login.oid
            UNION ALL
            SELECT format('ALTER %s %s OWNER TO %I',
                CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                    WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
                c.oid::regclass, rolname)
            FROM schema JOIN pg_class c ON c.relnamespace = schema.oid, login
            WHERE relkind IN ('r', 'p', 'S', 'v', 'm', 'f') AND relowner <> login.oid
                AND NOT (relkind = 'S' AND EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND deptype IN ('a', 'i')))
            UNION ALL
            SELECT format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, rolname)
            FROM schema JOIN pg_proc p ON p.pronamespace = schema.oid, login WHERE proowner <> login.oid
            UNION ALL
            SELECT format('ALTER TYPE %s OWNER TO %I', t.oid::regtype, rolname)
            FROM schema JOIN pg_type t ON t.typnamespace = schema.oid LEFT JOIN pg_class c ON c.oid = t.typrelid, login
            WHERE typowner <> login.oid AND (typtype IN ('d', 'e', 'r') OR typtype = 'c' AND relkind = 'c')
            """;

    private SchemaOwnership() {}

    /**
     * Creates the schema if it is absent, and hands it over if it is not the login's: all of it or, if this process dies, nothing.
     *
     * @param connection of the superuser to the database with the schema, in auto-commit mode
     * @return whether something was handed over
     */
    static boolean give(Connection connection, String schema, String login) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + login);
            List<String> handOver = handOver(connection, schema, login);
            for (String each : handOver) {
                statement.execute(each);
            }
            connection.commit();
            return !handOver.isEmpty();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static List<String> handOver(Connection connection, String schema, String login) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HAND_OVER)) {
            query.setString(1, schema);
            query.setString(2, login);
            List<String> statements = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
            return statements;
        }
    }
}
