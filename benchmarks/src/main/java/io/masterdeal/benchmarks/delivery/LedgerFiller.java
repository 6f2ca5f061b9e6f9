package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Fills the ledger of today with delivered events, as copies of what was delivered, under ids and keys of their own. Their bodies
 * are
 * left out: nothing reads them, and they would take the disk space of a whole month.
 */
final class LedgerFiller {

    private LedgerFiller() {}

    /**
     * Fills it; the router must not run.
     *
     * @param rows deliveries there are afterwards, at least
     */
    static void fill(MeasuredPlatform platform, int rows) throws SQLException {
        try (Connection connection = platform.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("SET search_path TO router");
            sql.execute("SET maintenance_work_mem = '512MB'");
            String today = "";
            try (ResultSet row = sql.executeQuery("SELECT (transaction_timestamp() AT TIME ZONE 'UTC')::date")) {
                row.next();
                today = row.getObject(1, LocalDate.class).format(DateTimeFormatter.BASIC_ISO_DATE);
            }
            @Nullable String bounds = null;
            // Indexes are rebuilt after the rows: filling them row by row would take an hour.
            for (String table : new String[] {"messages", "deliveries"}) {
                String partition = table + "_" + today;
                try (ResultSet row = sql.executeQuery(
                        "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = '" + partition + "'")) {
                    row.next();
                    bounds = row.getString(1);
                }
                sql.execute("ALTER TABLE " + table + " DETACH PARTITION " + partition);
                sql.execute("CREATE TABLE filled (LIKE " + partition + " INCLUDING STORAGE) WITH (fillfactor = "
                        + (table.equals("deliveries") ? 70 : 100) + ")");
                sql.execute("INSERT INTO filled SELECT * FROM " + partition);
                sql.execute(table.equals("messages") ? messages(partition, rows) : deliveries(partition, rows));
                sql.execute("DROP TABLE " + partition);
                sql.execute("ALTER TABLE filled RENAME TO " + partition);
                sql.execute("ALTER TABLE " + table + " ATTACH PARTITION " + partition + " " + bounds);
            }
            sql.execute("VACUUM (ANALYZE) messages");
            sql.execute("VACUUM (ANALYZE) deliveries");
            sql.execute("CHECKPOINT");
        }
    }

    /** Negative ids, so that they are apart from those of the sequence; each stands for one delivered event. */
    private static String messages(String partition, int rows) {
        return "INSERT INTO filled SELECT -n, t.accepted_at, t.topic, t.partition, -n, gen_random_uuid(), t.type, t.subject,"
                + " md5((n / 7)::text)::uuid, 'deal-' || n / 7, ARRAY[gen_random_uuid()], t.occurred_at, NULL"
                + " FROM (SELECT * FROM " + partition + " WHERE body IS NOT NULL LIMIT 1) t, generate_series(1, " + rows
                + ") n";
    }

    private static String deliveries(String partition, int rows) {
        return "INSERT INTO filled SELECT -n, t.accepted_at, t.subscription, 'delivered', md5((n / 7)::text)::uuid::text, 1, 0,"
                + " NULL, t.tries, NULL, t.changed_at FROM (SELECT * FROM " + partition
                + " WHERE state = 'delivered' LIMIT 1) t, generate_series(1, " + rows + ") n";
    }

    /** Deliveries in the ledger, counted. */
    static long rows(MeasuredPlatform platform) throws SQLException {
        try (Connection connection = platform.connect();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT count(*) FROM router.deliveries")) {
            row.next();
            return row.getLong(1);
        }
    }
}
