package io.masterdeal.router.ledger;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many events of each type were read, by the hour. */
public final class MessageCounts {

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    public MessageCounts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Adds a batch. Types are in order, so that two writers cannot wait for each other. */
    static void write(Sql sql, List<ReadRecord> records, OffsetDateTime now) throws SQLException {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (ReadRecord record : records) {
            Event event = record.event();
            if (event != null) {
                counts.merge(event.envelope().type(), 1L, Long::sum);
            }
        }
        if (!counts.isEmpty()) {
            sql.update(
                    "INSERT INTO message_counts AS c (hour, type, messages) SELECT date_trunc('hour', ?::timestamptz),"
                            + " type, messages FROM unnest(?, ?) u (type, messages)"
                            + " ON CONFLICT (hour, type) DO UPDATE SET messages = c.messages + excluded.messages",
                    now,
                    new Sql.Texts(List.copyOf(counts.keySet())),
                    new Sql.Longs(List.copyOf(counts.values())));
        }
    }

    /**
     * The events of one type.
     *
     * @param type type of the events
     * @param messages how many were read
     */
    public record Count(String type, long messages) {}

    /**
     * The counts of all types, the most frequent first.
     *
     * @param since read from the beginning of this hour on
     * @param until read before the beginning of this hour
     */
    public List<Count> between(Instant since, Instant until) throws SQLException {
        return transactions.run(connection -> new Sql(connection)
                .query(
                        "SELECT type, sum(messages)::bigint AS messages FROM message_counts"
                                + " WHERE hour >= date_trunc('hour', ?::timestamptz)"
                                + " AND hour < date_trunc('hour', ?::timestamptz) GROUP BY type"
                                + " ORDER BY messages DESC, type",
                        row -> new Count(row.getString(1), row.getLong(2)),
                        since.toString(),
                        until.toString()));
    }
}
