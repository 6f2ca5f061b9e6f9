package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.router.ledger.DeliveryOutcome.Attempt;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stores outcomes, many in one transaction. Thread-safe. */
public final class OutcomeTable {

    private final Transactions transactions;

    private final LeaderEpoch epoch;

    /**
     * @param transactions in the router's schema
     * @param epoch of this leadership
     */
    public OutcomeTable(Transactions transactions, LeaderEpoch epoch) {
        this.transactions = transactions;
        this.epoch = epoch;
    }

    /**
     * Stores outcomes.
     *
     * @param outcomes in order; each delivery at most once
     * @return the subscriptions of outcomes that no longer count, because an operator decided in the meantime
     * @throws FencedException if another process has become the leader; none was stored
     * @throws SQLException if they cannot be stored; none was
     */
    public Set<Integer> note(List<DeliveryOutcome> outcomes) throws SQLException {
        Changes changes = new Changes();
        outcomes.forEach(changes::add);
        return transactions.runByKeys(connection -> {
            Sql sql = new Sql(connection);
            epoch.check(sql);
            Set<Integer> overruled = changes.write(sql);
            // Blocks one by one, in order: a key may be blocked and unblocked within one batch.
            for (DeliveryOutcome outcome : outcomes) {
                switch (outcome) {
                    case DeliveryOutcome.Blocked it ->
                        sql.update(
                                "INSERT INTO blocks (subscription, order_key, head) VALUES (?, ?, ?)"
                                        + " ON CONFLICT (subscription, order_key) DO UPDATE SET head = excluded.head",
                                it.subscription(),
                                it.orderKey(),
                                it.head());
                    case DeliveryOutcome.Unblocked it ->
                        sql.update(
                                "DELETE FROM blocks WHERE subscription = ? AND order_key = ?",
                                it.subscription(),
                                it.orderKey());
                    default -> {} // Stored above, all in one statement.
                }
            }
            return overruled;
        });
    }

    /** The key of a delivery, to find out which ones were changed. */
    private record Key(long message, int subscription) {}

    private static final class Changes {
        private final List<Delivery> deliveries = new ArrayList<>();
        private final List<String> states = new ArrayList<>();
        private final List<Long> attempts = new ArrayList<>();
        private final List<@Nullable Long> due = new ArrayList<>();
        private final List<@Nullable String> tries = new ArrayList<>();
        private final List<@Nullable String> reasons = new ArrayList<>();
        private final List<Delivery> dead = new ArrayList<>();

        void add(DeliveryOutcome outcome) {
            switch (outcome) {
                case DeliveryOutcome.Delivered it ->
                    add(it.delivery(), DeliveryState.DELIVERED, it.delivery().attempts() + 1, null, it.attempt(), null);
                case DeliveryOutcome.Postponed it ->
                    add(it.delivery(), DeliveryState.PENDING, it.attempts(), it.dueAt(), it.attempt(), null);
                case DeliveryOutcome.DeadLettered it -> {
                    add(it.delivery(), DeliveryState.DEAD_LETTERED, it.attempts(), null, it.attempt(), it.reason());
                    dead.add(it.delivery());
                }
                case DeliveryOutcome.Filtered it ->
                    add(it.delivery(), DeliveryState.FILTERED, it.delivery().attempts(), null, null, it.reason());
                case DeliveryOutcome.Parked it ->
                    add(it.delivery(), DeliveryState.PARKED, it.delivery().attempts(), null, null, "behind");
                case DeliveryOutcome.Blocked _, DeliveryOutcome.Unblocked _ -> {} // Stored one by one.
            }
        }

        private void add(
                Delivery delivery,
                DeliveryState state,
                int attemptsNow,
                @Nullable Instant dueAt,
                @Nullable Attempt attempt,
                @Nullable String reason) {
            deliveries.add(delivery);
            states.add(state.text());
            attempts.add((long) attemptsNow);
            due.add(dueAt == null ? null : dueAt.toEpochMilli());
            tries.add(attempt == null ? null : json(attempt, delivery.replay()));
            reasons.add(reason);
        }

        private static String json(Attempt attempt, int replay) {
            ArrayNode list = JsonMapper.shared().createArrayNode();
            ObjectNode one = list.addObject();
            one.put("at", attempt.at().toString());
            one.put("ms", attempt.ms());
            if (attempt.status() != null) {
                one.put("status", attempt.status());
            }
            if (!attempt.answer().isEmpty()) {
                one.put("answer", attempt.answer());
            }
            if (replay > 0) {
                one.put("replay", replay);
            }
            return list.toString();
        }

        /** What an operator decided in the meantime stands: only pending and parked deliveries are changed. */
        Set<Integer> write(Sql sql) throws SQLException {
            if (deliveries.isEmpty()) {
                return Set.of();
            }
            Set<Key> changed = new HashSet<>();
            sql.forEach(
                    "UPDATE deliveries d SET state = u.state, attempts = u.attempts::int,"
                            + " due_at = timestamptz 'epoch' + u.due * interval '1 millisecond',"
                            + " tries = CASE WHEN u.tries IS NULL THEN d.tries"
                            + " ELSE coalesce(d.tries, '[]'::jsonb) || u.tries::jsonb END,"
                            + " reason = u.reason, changed_at = transaction_timestamp()"
                            + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)"
                            + " u (id, accepted, subscription, state, attempts, due, tries, reason)"
                            + " WHERE d.message_id = u.id AND d.subscription = u.subscription::int"
                            + " AND d.accepted_at = timestamptz 'epoch' + u.accepted * interval '1 microsecond'"
                            + " AND d.state IN ('pending', 'parked') RETURNING d.message_id, d.subscription",
                    row -> changed.add(new Key(row.getLong(1), row.getInt(2))),
                    new Sql.Longs(deliveries.stream().map(Delivery::id).toList()),
                    new Sql.Longs(
                            deliveries.stream().map(Changes::acceptedMicros).toList()),
                    new Sql.Longs(deliveries.stream()
                            .map(it -> (long) it.subscription())
                            .toList()),
                    new Sql.Texts(states),
                    new Sql.Longs(attempts),
                    new Sql.Longs(due),
                    new Sql.Texts(tries),
                    new Sql.Texts(reasons));
            dead.removeIf(it -> !changed.contains(new Key(it.id(), it.subscription())));
            if (!dead.isEmpty()) {
                sql.update(
                        "INSERT INTO error_outbox (message_id, subscription, replay)"
                                + " SELECT id, subscription::int, replay::int"
                                + " FROM unnest(?, ?, ?) u (id, subscription, replay)",
                        new Sql.Longs(dead.stream().map(Delivery::id).toList()),
                        new Sql.Longs(dead.stream()
                                .map(it -> (long) it.subscription())
                                .toList()),
                        new Sql.Longs(
                                dead.stream().map(it -> (long) it.replay()).toList()));
            }
            return deliveries.stream()
                    .filter(it -> !changed.contains(new Key(it.id(), it.subscription())))
                    .map(Delivery::subscription)
                    .collect(Collectors.toSet());
        }

        private static long acceptedMicros(Delivery delivery) {
            Instant at = delivery.message().acceptedAt().toInstant();
            return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
        }
    }
}
