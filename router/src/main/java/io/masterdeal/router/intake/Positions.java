package io.masterdeal.router.intake;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The next offset to read of each partition. */
public final class Positions {

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    public Positions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The next offset of each partition that was ever read. */
    public Map<TopicPartition, Long> all() throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        transactions.run(connection -> {
            new Sql(connection)
                    .forEach(
                            "SELECT topic, partition, next_offset FROM positions",
                            row -> positions.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)));
            return positions;
        });
        return positions;
    }

    /** Adds partitions; every active subscription counts in them from the first offset that is read. */
    void add(Map<TopicPartition, Long> first) throws SQLException {
        transactions.run(connection -> {
            Sql sql = new Sql(connection);
            // The same lock as for changing a subscription, so that no change comes in between.
            sql.query("SELECT version FROM subscription_set FOR UPDATE", row -> row.getLong(1));
            for (Map.Entry<TopicPartition, Long> it : first.entrySet()) {
                String topic = it.getKey().topic();
                int partition = it.getKey().partition();
                int added = sql.update(
                        "INSERT INTO positions (topic, partition, next_offset) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        topic,
                        partition,
                        it.getValue());
                if (added == 1) {
                    sql.update(
                            "INSERT INTO spans (subscription, version, topic, partition, from_offset)"
                                    + " SELECT id, version, ?, ?, ? FROM subscriptions WHERE NOT deleted",
                            topic,
                            partition,
                            it.getValue());
                }
            }
            return true;
        });
    }

    /** The topics of these partitions. */
    static Set<String> topics(Map<TopicPartition, Long> positions) {
        Set<String> topics = new HashSet<>();
        positions.keySet().forEach(it -> topics.add(it.topic()));
        return topics;
    }

    /**
     * Skips offsets that Kafka no longer has.
     *
     * @param next the first offset that Kafka has
     */
    void skip(TopicPartition partition, long next) throws SQLException {
        transactions.run(connection -> new Sql(connection)
                .update(
                        "UPDATE positions SET next_offset = ? WHERE topic = ? AND partition = ? AND next_offset < ?",
                        next,
                        partition.topic(),
                        partition.partition(),
                        next));
    }
}
