package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's tables have a partition for each day (UTC): partitions are created some days ahead, and dropped once they are
 * old enough, unless a delivery in them is still pending or waits for an operator.
 */
public final class TimePartitions {

    private static final Logger log = LoggerFactory.getLogger(TimePartitions.class);

    private static final int AHEAD = 3;

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMMdd");

    private final Transactions transactions;

    private final int keepDays;

    /**
     * @param transactions in the router's schema
     * @param keepDays how many days are kept in addition to the current one, at least 1
     */
    public TimePartitions(Transactions transactions, int keepDays) {
        if (keepDays < 1) {
            throw new IllegalArgumentException("masterdeal.router.keep-days must be 1 or more, not " + keepDays);
        }
        this.transactions = transactions;
        this.keepDays = keepDays;
    }

    /** Creates the partitions of the next days, and drops old ones. */
    public void maintain() throws SQLException {
        LocalDate today = transactions
                .run(connection -> new Sql(connection)
                        .query(
                                "SELECT (transaction_timestamp() AT TIME ZONE 'UTC')::date",
                                row -> row.getObject(1, LocalDate.class)))
                .getFirst();
        // Beginning with yesterday, because a transaction may have begun before midnight.
        for (int i = -1; i <= AHEAD; i++) {
            create(today.plusDays(i));
        }
        for (LocalDate day : days()) {
            if (day.isBefore(today.minusDays(keepDays))) {
                drop(day);
            }
        }
    }

    private void create(LocalDate day) throws SQLException {
        transactions.run(connection -> {
            Sql sql = new Sql(connection);
            for (String table : List.of("messages", "deliveries")) {
                sql.update("CREATE TABLE IF NOT EXISTS " + table + "_" + SUFFIX.format(day) + " PARTITION OF " + table
                        + " FOR VALUES FROM ('" + midnight(day) + "') TO ('" + midnight(day.plusDays(1)) + "')"
                        // A row is changed once or twice soon after it is inserted; this leaves room for that on its
                        // page.
                        + (table.equals("deliveries") ? " WITH (fillfactor = 70)" : ""));
            }
            return true;
        });
    }

    private static OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private List<LocalDate> days() throws SQLException {
        return transactions.run(connection -> new Sql(connection)
                .query(
                        "SELECT substring(c.relname FROM '\\d{8}$') FROM pg_inherits i"
                                + " JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'messages'::regclass",
                        row -> LocalDate.parse(row.getString(1), SUFFIX)));
    }

    private void drop(LocalDate day) throws SQLException {
        String suffix = SUFFIX.format(day);
        boolean dropped = transactions.run(connection -> {
            Sql sql = new Sql(connection);
            boolean open = sql.query(
                            "SELECT EXISTS (SELECT 1 FROM deliveries_" + suffix
                                    + " WHERE state IN ('pending', 'parked', 'dead_lettered'))",
                            row -> row.getBoolean(1))
                    .getFirst();
            if (open) {
                return false;
            }
            sql.update("DROP TABLE deliveries_" + suffix);
            sql.update("DROP TABLE messages_" + suffix);
            sql.update(
                    "INSERT INTO dropped_counts SELECT subscription, topic, partition, min(from_offset), max(to_offset)"
                            + " FROM counts WHERE hour >= ? AND hour < ? GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING",
                    midnight(day),
                    midnight(day.plusDays(1)));
            // Only of this day: an earlier one may be kept because it has open deliveries.
            sql.update("DELETE FROM counts WHERE hour >= ? AND hour < ?", midnight(day), midnight(day.plusDays(1)));
            sql.update(
                    "DELETE FROM message_counts WHERE hour >= ? AND hour < ?",
                    midnight(day),
                    midnight(day.plusDays(1)));
            return true;
        });
        if (dropped) {
            log.info("the ledger of {} is more than {} days old and was dropped", day, keepDays);
        } else {
            log.warn(
                    "the ledger of {} is kept because it still has deliveries that are pending, parked or dead-lettered",
                    day);
        }
    }
}
