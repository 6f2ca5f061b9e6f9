package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many deliveries of each subscription are in which state. */
public final class LedgerSums {

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    public LedgerSums(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The sums of one subscription.
     *
     * @param seen events that were read while it was active
     * @param unwanted those of a type that it does not want
     * @param unreadable records that are not events
     * @param filterFailed the filtered ones whose filter could not be evaluated
     * @param states deliveries by state; contains all states
     */
    public record Sums(long seen, long unwanted, long unreadable, long filterFailed, Map<DeliveryState, Long> states) {

        /** Deliveries in any state. */
        public long accepted() {
            return states.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Whether every event that it has seen is accounted for. */
        public boolean addUp() {
            return seen == unwanted + unreadable + accepted();
        }
    }

    /**
     * The sums of every subscription that has seen any event, by name.
     *
     * @param since accepted from the beginning of this hour on
     * @param until accepted before the beginning of this hour
     */
    public Map<String, Sums> between(Instant since, Instant until) throws SQLException {
        Map<String, Sums> sums = new TreeMap<>();
        transactions.run(connection -> {
            Sql sql = new Sql(connection);
            // One snapshot for both queries; otherwise what is accepted in between would be missing in one of them.
            sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            sql.forEach(
                    "SELECT s.name, sum(seen), sum(unwanted), sum(unreadable) FROM counts c"
                            + " JOIN subscriptions s ON s.id = c.subscription WHERE hour >= date_trunc('hour', ?::timestamptz)"
                            + " AND hour < date_trunc('hour', ?::timestamptz) GROUP BY s.name",
                    row -> sums.put(
                            row.getString(1), new Sums(row.getLong(2), row.getLong(3), row.getLong(4), 0, none())),
                    since.toString(),
                    until.toString());
            sql.forEach(
                    "SELECT s.name, d.state, count(*), count(*) FILTER (WHERE d.state = 'filtered'"
                            + " AND d.reason LIKE 'the filter cannot tell%') FROM deliveries d JOIN subscriptions s ON s.id = d.subscription"
                            + " WHERE d.accepted_at >= date_trunc('hour', ?::timestamptz)"
                            + " AND d.accepted_at < date_trunc('hour', ?::timestamptz) GROUP BY s.name, d.state",
                    row -> sums.merge(
                            row.getString(1),
                            new Sums(0, 0, 0, row.getLong(4), state(row.getString(2), row.getLong(3))),
                            LedgerSums::plus),
                    since.toString(),
                    until.toString());
            return true;
        });
        return sums;
    }

    private static Map<DeliveryState, Long> state(String state, long count) {
        Map<DeliveryState, Long> states = none();
        states.put(DeliveryState.of(state).orElseThrow(), count);
        return states;
    }

    private static Sums plus(Sums one, Sums other) {
        Map<DeliveryState, Long> states = new EnumMap<>(one.states());
        other.states().forEach((state, count) -> states.merge(state, count, Long::sum));
        return new Sums(
                one.seen() + other.seen(),
                one.unwanted() + other.unwanted(),
                one.unreadable() + other.unreadable(),
                one.filterFailed() + other.filterFailed(),
                states);
    }

    private static Map<DeliveryState, Long> none() {
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        List.of(DeliveryState.values()).forEach(it -> states.put(it, 0L));
        return states;
    }
}
