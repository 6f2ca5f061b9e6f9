package io.masterdeal.benchmarks.growth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The indexes of the service's tables, dropped while these are filled: sorting all keys once costs far less than searching the
 * place of each.
 */
final class Indexes {

    private final Connection connection;

    private final List<String> toMake;

    private Indexes(Connection connection, List<String> toMake) {
        this.connection = connection;
        this.toMake = toMake;
    }

    /** Drops those of the tables that are to be filled. */
    static Indexes drop(Connection connection, List<String> tables) throws SQLException {
        List<String> toDrop = new ArrayList<>();
        List<String> toMake = new ArrayList<>();
        try (var query = connection.prepareStatement("""
                SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
                        pg_get_constraintdef(oid))
                FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = ANY (?::regclass[])
                UNION ALL
                SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
                FROM pg_index WHERE indrelid = ANY (?::regclass[])
                    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
                """)) {
            query.setArray(1, connection.createArrayOf("text", tables.toArray()));
            query.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    toDrop.add(row.getString(1));
                    toMake.add(row.getString(2));
                }
            }
        }
        execute(connection, toDrop);
        return new Indexes(connection, toMake);
    }

    /** Creates them again as they were. */
    void make() throws SQLException {
        execute(connection, List.of("SET maintenance_work_mem = '512MB'"));
        execute(connection, toMake);
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
