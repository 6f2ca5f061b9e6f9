package io.masterdeal.service.intake;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the intake of one consumer group has come, stored in PostgreSQL with the facts: if the database is restored to an older
 * state, so are the positions.
 */
final class InputPositions {

    private final Transactions transactions;

    private final String group;

    /**
     * @param transactions in the service's schema
     * @param group the consumer group; each has positions of its own
     */
    InputPositions(Transactions transactions, String group) {
        this.transactions = transactions;
        this.group = group;
    }

    /**
     * The position of a partition.
     *
     * @param topicId Kafka's id of the topic, as text
     * @param next the offset before which everything is taken in
     * @param decisions how often an operator has set it
     * @param decided whether an operator has set it and nothing was taken in since
     */
    record Place(String topicId, long next, int decisions, boolean decided) {
        Place at(long offset) {
            return new Place(topicId, offset, decisions, false);
        }
    }

    /** The position at which a batch begins, and the offset after the batch. */
    record Step(Place from, long next) {}

    String group() {
        return group;
    }

    /** Every partition that is known. */
    Map<TopicPartition, Place> all() throws SQLException {
        return transactions.run(this::all);
    }

    private Map<TopicPartition, Place> all(Connection connection) throws SQLException {
        Map<TopicPartition, Place> places = new HashMap<>();
        new Sql(connection)
                .forEach(
                        "SELECT topic, partition, topic_id, next_offset, decisions, decided FROM intake_positions"
                                + " WHERE consumer_group = ?",
                        row -> places.put(
                                new TopicPartition(row.getString(1), row.getInt(2)),
                                new Place(row.getString(3), row.getLong(4), row.getInt(5), row.getBoolean(6))),
                        group);
        return places;
    }

    /** Whether the store has facts at all. */
    boolean hasFacts() throws SQLException {
        return transactions.run(connection -> new Sql(connection)
                .query("SELECT EXISTS (SELECT FROM facts)", row -> row.getBoolean(1))
                .getFirst());
    }

    /** Deletes parts of batches that no process will finish any more. */
    void forgetOldParts() throws SQLException {
        transactions.run(connection ->
                new Sql(connection).update("DELETE FROM intake_parts WHERE at < now() - interval '1 day'"));
    }

    /**
     * Adds partitions that are not known.
     *
     * @return all there are now, since another process may have been quicker
     */
    Map<TopicPartition, Place> add(Map<TopicPartition, Place> places) throws SQLException {
        return transactions.run(connection -> {
            Sql sql = new Sql(connection);
            for (Map.Entry<TopicPartition, Place> each : places.entrySet()) {
                sql.update(
                        "INSERT INTO intake_positions (consumer_group, topic, partition, topic_id, next_offset)"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        group,
                        each.getKey().topic(),
                        each.getKey().partition(),
                        each.getValue().topicId(),
                        each.getValue().next());
            }
            return all(connection);
        });
    }

    /** Stores, in the part's own transaction, that a part of a batch is stored. */
    static void note(Connection connection, UUID part) throws SQLException {
        new Sql(connection).update("INSERT INTO intake_parts (id) VALUES (?)", part);
    }

    /**
     * Advances the positions past a batch, in the transaction that has all of it, or in one after all of its parts.
     *
     * @param parts those parts; if one is not found, PostgreSQL has lost it since
     * @throws PositionsMovedException if PostgreSQL is not where the batch begins
     */
    void advance(Connection connection, Map<TopicPartition, Step> steps, Collection<UUID> parts) throws SQLException {
        Sql sql = new Sql(connection);
        if (!parts.isEmpty()) {
            int found = sql.update("DELETE FROM intake_parts WHERE id = ANY (?)", new Sql.Uuids(parts));
            if (found != parts.size()) {
                throw new PositionsMovedException(
                        "of " + parts.size() + " transactions of a batch PostgreSQL has " + found + " left");
            }
        }
        if (steps.isEmpty()) {
            return;
        }
        List<String> topics = new ArrayList<>();
        List<Long> partitions = new ArrayList<>();
        List<String> topicIds = new ArrayList<>();
        List<Long> decisions = new ArrayList<>();
        List<Long> from = new ArrayList<>();
        List<Long> next = new ArrayList<>();
        steps.forEach((partition, step) -> {
            topics.add(partition.topic());
            partitions.add((long) partition.partition());
            topicIds.add(step.from().topicId());
            decisions.add((long) step.from().decisions());
            from.add(step.from().next());
            next.add(step.next());
        });
        // Another process may be ahead, but PostgreSQL must not be behind.
        int updated = sql.update(
                """
                UPDATE intake_positions p SET next_offset = greatest(p.next_offset, u.next_offset), decided = false
                FROM unnest(?, ?, ?, ?, ?, ?) AS u (topic, partition, topic_id, decisions, from_offset, next_offset)
                WHERE p.consumer_group = ? AND p.topic = u.topic AND p.partition = u.partition::int
                AND p.topic_id = u.topic_id AND p.decisions = u.decisions AND p.next_offset >= u.from_offset
                """,
                new Sql.Texts(topics),
                new Sql.Longs(partitions),
                new Sql.Texts(topicIds),
                new Sql.Longs(decisions),
                new Sql.Longs(from),
                new Sql.Longs(next),
                group);
        if (updated != steps.size()) {
            throw new PositionsMovedException("of " + steps.size() + " partitions of a batch PostgreSQL has " + updated
                    + " where the batch begins");
        }
    }

    /** Sets a position by an operator's decision, whatever it was. */
    static void decide(Connection connection, String group, TopicPartition partition, String topicId, long next)
            throws SQLException {
        new Sql(connection)
                .update(
                        "INSERT INTO intake_positions AS p (consumer_group, topic, partition, topic_id, next_offset,"
                                + " decisions, decided) VALUES (?, ?, ?, ?, ?, 1, true)"
                                + " ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET"
                                + " topic_id = excluded.topic_id, next_offset = excluded.next_offset,"
                                + " decisions = p.decisions + 1, decided = true",
                        group,
                        partition.topic(),
                        partition.partition(),
                        topicId,
                        next);
    }
}
