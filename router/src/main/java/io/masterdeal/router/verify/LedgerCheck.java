package io.masterdeal.router.verify;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the ledger against itself: for each subscription, every offset from its start to the position of the reader must be
 * counted, and none of them twice. Differences are reported by subscription, partition and offsets. {@link KafkaCheck} compares the ledger
 * with Kafka.
 */
final class LedgerCheck {

    /** The most differences that are reported. */
    private static final int MOST = 1_000;

    private static final String UNBALANCED = """
            WITH rows AS (
                SELECT d.subscription, m.topic, m.partition, date_trunc('hour', m.accepted_at) AS hour, count(*) AS wanted,
                       min(m."offset") AS first, max(m."offset") AS last
                FROM deliveries d JOIN messages m ON m.id = d.message_id AND m.accepted_at = d.accepted_at
                WHERE d.accepted_at >= date_trunc('hour', ?::timestamptz) AND d.accepted_at < date_trunc('hour', ?::timestamptz)
                GROUP BY 1, 2, 3, 4)
            SELECT s.name, coalesce(c.topic, r.topic), coalesce(c.partition, r.partition), coalesce(c.from_offset, r.first),
                   coalesce(c.to_offset, r.last), coalesce(c.seen, 0), coalesce(c.unwanted, 0), coalesce(c.unreadable, 0),
                   coalesce(r.wanted, 0)
            FROM (SELECT * FROM counts WHERE hour >= date_trunc('hour', ?::timestamptz)
                                         AND hour < date_trunc('hour', ?::timestamptz)) c
            FULL JOIN rows r ON r.subscription = c.subscription AND r.topic = c.topic AND r.partition = c.partition
                            AND r.hour = c.hour
            JOIN subscriptions s ON s.id = coalesce(c.subscription, r.subscription)
            WHERE coalesce(c.seen, 0) <> coalesce(c.unwanted, 0) + coalesce(c.unreadable, 0) + coalesce(r.wanted, 0)
               OR r.first < c.from_offset OR r.last > c.to_offset
            ORDER BY 1, 2, 3, 4 LIMIT ?""";

    /** Between the hours of one subscription and partition no offset may be missing. */
    private static final String UNSEEN = """
            SELECT name, topic, partition, before + 1, from_offset - 1 FROM (
                SELECT s.name, c.topic, c.partition, c.from_offset, c.hour,
                       lag(c.to_offset) OVER (PARTITION BY c.subscription, c.topic, c.partition ORDER BY c.from_offset) AS before,
                       c.subscription
                FROM (SELECT subscription, topic, partition, from_offset, to_offset, hour FROM counts
                      UNION ALL SELECT subscription, topic, partition, from_offset, to_offset, NULL FROM dropped_counts) c
                JOIN subscriptions s ON s.id = c.subscription) hours
            WHERE hour >= date_trunc('hour', ?::timestamptz) AND hour < date_trunc('hour', ?::timestamptz)
              AND from_offset > before + 1 AND NOT EXISTS (
                SELECT 1 FROM spans p WHERE p.subscription = hours.subscription AND p.topic = hours.topic
                AND p.partition = hours.partition AND p.from_offset > before AND p.from_offset <= hours.from_offset)
            ORDER BY 1, 2, 3, 4 LIMIT ?""";

    /** Offsets after the last count of an active subscription were read without counting them for it. */
    private static final String BEHIND = """
            SELECT s.name, p.topic, p.partition, coalesce(c.last + 1, a.from_offset), p.next_offset - 1
            FROM spans a JOIN subscriptions s ON s.id = a.subscription
            JOIN positions p ON p.topic = a.topic AND p.partition = a.partition
            LEFT JOIN (SELECT subscription, topic, partition, max(to_offset) AS last
                       FROM (SELECT subscription, topic, partition, to_offset FROM counts
                             UNION ALL SELECT subscription, topic, partition, to_offset FROM dropped_counts) known
                       GROUP BY 1, 2, 3) c
                   ON c.subscription = a.subscription AND c.topic = a.topic AND c.partition = a.partition
            WHERE a.to_offset IS NULL AND p.next_offset > greatest(coalesce(c.last + 1, 0), a.from_offset)
            ORDER BY 1, 2, 3 LIMIT ?""";

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    LedgerCheck(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Finds the differences.
     *
     * @param since from the start of this hour
     * @param until before the start of this hour
     * @return empty if everything is accounted for
     */
    List<Difference> differences(Instant since, Instant until) throws SQLException {
        return transactions.run(connection -> {
            Sql sql = new Sql(connection);
            sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            List<Difference> found = new ArrayList<>(sql.query(
                    UNBALANCED,
                    row -> difference(
                            row,
                            row.getLong(6) + " events were counted, but " + row.getLong(7) + " unwanted, "
                                    + row.getLong(8) + " unreadable and " + row.getLong(9) + " deliveries are known"),
                    since.toString(),
                    until.toString(),
                    since.toString(),
                    until.toString(),
                    MOST));
            found.addAll(sql.query(
                    UNSEEN,
                    row -> difference(row, "these offsets were not counted"),
                    since.toString(),
                    until.toString(),
                    MOST));
            found.addAll(sql.query(BEHIND, row -> difference(row, "these offsets were read, but not counted"), MOST));
            return found;
        });
    }

    private static Difference difference(ResultSet row, String what) throws SQLException {
        return new Difference(row.getString(1), row.getString(2), row.getInt(3), row.getLong(4), row.getLong(5), what);
    }

    /** The first and the last hour with counts; empty if there are none. */
    List<Instant> hours(Instant since, Instant until) throws SQLException {
        return transactions.run(connection -> new Sql(connection)
                        .query(
                                "SELECT min(hour) FROM counts WHERE hour >= date_trunc('hour', ?::timestamptz)"
                                        + " AND hour < date_trunc('hour', ?::timestamptz) UNION ALL"
                                        + " SELECT max(hour) FROM counts WHERE hour >= date_trunc('hour', ?::timestamptz)"
                                        + " AND hour < date_trunc('hour', ?::timestamptz)",
                                row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)),
                                since.toString(),
                                until.toString(),
                                since.toString(),
                                until.toString())
                        .stream()
                        .flatMap(Optional::stream)
                        .map(OffsetDateTime::toInstant)
                        .toList());
    }
}
