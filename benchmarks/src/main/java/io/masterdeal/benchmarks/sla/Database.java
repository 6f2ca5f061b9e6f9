package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Single statements on the database of a platform. */
final class Database {

    private Database() {}

    /** Runs statements, each in a transaction of its own. */
    static void execute(MeasuredPlatform platform, String... statements) throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** The number that a query gives. */
    static long number(MeasuredPlatform platform, String query) throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
