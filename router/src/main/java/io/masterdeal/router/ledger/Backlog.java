package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is to be sent for a subscription, page by page. Thread-safe. */
public final class Backlog {

    private static final String SELECT = "SELECT m.id, m.accepted_at, m.topic, m.partition, m.\"offset\", m.event_id,"
            + " m.type, m.subject, m.master_deal_id, m.correlation_id, m.body, d.subscription, d.order_key, d.attempts,"
            + " d.replay FROM deliveries d JOIN messages m ON m.id = d.message_id AND m.accepted_at = d.accepted_at"
            + " WHERE d.subscription = ? AND ";

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    public Backlog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The deliveries that were never tried, in order.
     *
     * @param after id of the last known delivery
     */
    public List<Delivery> fresh(int subscription, long after, int limit) throws SQLException {
        return transactions.runByKeys(connection -> new Sql(connection)
                .query(
                        SELECT + "d.state = 'pending' AND d.due_at IS NULL AND d.message_id > ?"
                                + " ORDER BY d.message_id LIMIT ?",
                        Backlog::read,
                        subscription,
                        after,
                        limit));
    }

    /**
     * The deliveries that are due to be tried again.
     *
     * @param held ids of the deliveries to leave out, because they are under way
     */
    public List<Delivery> due(int subscription, Collection<Long> held, int limit) throws SQLException {
        return transactions.runByKeys(connection -> new Sql(connection)
                .query(
                        SELECT + "d.state = 'pending' AND d.due_at <= clock_timestamp() AND d.message_id <> ALL (?)"
                                + " ORDER BY d.due_at, d.message_id LIMIT ?",
                        Backlog::read,
                        subscription,
                        new Sql.Longs(held),
                        limit));
    }

    /** When the next delivery is due to be tried again; null if none is. */
    public @Nullable OffsetDateTime nextDue(int subscription) throws SQLException {
        return transactions
                .runByKeys(connection -> new Sql(connection)
                        .query(
                                "SELECT due_at FROM deliveries WHERE subscription = ? AND state = 'pending'"
                                        + " AND due_at IS NOT NULL ORDER BY due_at LIMIT 1",
                                row -> row.getObject(1, OffsetDateTime.class),
                                subscription))
                .stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * The deliveries that are parked behind another one with the same order key, in order. Those that are parked because they
     * were redriven too often are left out.
     */
    public List<Delivery> parked(int subscription, String orderKey, int limit) throws SQLException {
        return transactions.runByKeys(connection -> new Sql(connection)
                .query(
                        SELECT + "d.order_key = ? AND d.state = 'parked' AND d.reason = 'behind'"
                                + " ORDER BY d.message_id LIMIT ?",
                        Backlog::read,
                        subscription,
                        orderKey,
                        limit));
    }

    /**
     * The blocked order keys, each with the delivery that blocks it; -1 if it is no longer blocked, because that delivery was
     * delivered or discarded.
     */
    public Map<String, Long> blocks(int subscription) throws SQLException {
        Map<String, Long> blocks = new HashMap<>();
        transactions.runByKeys(connection -> {
            new Sql(connection)
                    .forEach(
                            "SELECT b.order_key, CASE WHEN d.state IN ('pending', 'dead_lettered', 'parked') THEN b.head"
                                    + " ELSE -1 END FROM blocks b LEFT JOIN deliveries d"
                                    + " ON d.message_id = b.head AND d.subscription = b.subscription"
                                    + " WHERE b.subscription = ?",
                            row -> blocks.put(row.getString(1), row.getLong(2)),
                            subscription);
            return blocks;
        });
        return blocks;
    }

    /** Changes with each action of an operator, and with each chunk of an operation. */
    public String lastAction() throws SQLException {
        return transactions
                .run(connection -> new Sql(connection)
                        .query(
                                "SELECT concat_ws('/', (SELECT max(id) FROM operator_actions), count(*), sum(chunks))"
                                        + " FROM operations WHERE state = 'running'",
                                row -> row.getString(1)))
                .getFirst();
    }

    private static Delivery read(ResultSet row) throws SQLException {
        LedgerMessage message = new LedgerMessage(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class),
                row.getString(3),
                row.getInt(4),
                row.getLong(5),
                Objects.requireNonNull(row.getObject(6, UUID.class)),
                row.getString(7),
                row.getString(8),
                row.getObject(9, UUID.class),
                row.getString(10),
                row.getBytes(11));
        return new Delivery(message, row.getInt(12), row.getString(13), row.getInt(14), row.getInt(15));
    }
}
