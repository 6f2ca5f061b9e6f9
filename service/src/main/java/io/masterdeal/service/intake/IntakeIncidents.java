package io.masterdeal.service.intake;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mismatches between Kafka and the intake's positions: logged, counted, and stored for operators. */
final class IntakeIncidents {

    private static final Logger log = LoggerFactory.getLogger(IntakeIncidents.class);

    private static final String COUNTER = "masterdeal.intake.incidents";

    private static final int SHOWN = 20;

    private final Transactions transactions;

    private final String group;

    private final MeterRegistry registry;

    /**
     * @param transactions in the service's schema
     * @param group the consumer group of the intake
     * @param registry counts them
     */
    IntakeIncidents(Transactions transactions, String group, MeterRegistry registry) {
        this.transactions = transactions;
        this.group = group;
        this.registry = registry;
    }

    /** The kinds there are. */
    enum Kind {
        /** Kafka's committed offset is ahead of PostgreSQL: what lies between is read again. */
        STORE_BEHIND("store-behind", false),
        /** Kafka has deleted records that were not read. */
        RECORDS_LOST("records-lost", true),
        /** The topic ends before the position. */
        TOPIC_TOO_SHORT("topic-too-short", true),
        /** The topic was deleted and created again. */
        ANOTHER_TOPIC("another-topic", true);

        private final String code;

        private final boolean waits;

        Kind(String code, boolean waits) {
            this.code = code;
            this.waits = waits;
        }

        boolean waits() {
            return waits;
        }
    }

    /** Reports an incident. One that waits for an operator already is reported once. */
    void tell(TopicPartition partition, Kind kind, String what, String cure) throws SQLException {
        tell(partition, kind, what, cure, null, null);
    }

    /**
     * Reports an incident because of which offsets are read again.
     *
     * @param from the first of them; null if there are none
     * @param to the one after the last; null if there are none
     */
    void tell(TopicPartition partition, Kind kind, String what, String cure, @Nullable Long from, @Nullable Long to)
            throws SQLException {
        int added = transactions.run(connection -> new Sql(connection)
                .update(
                        "INSERT INTO intake_incidents (consumer_group, topic, partition, kind, what, cure, waits,"
                                + " from_offset, to_offset)"
                                + " SELECT ?, ?, ?, ?, ?, ?, ?, CAST(? AS bigint), CAST(? AS bigint) WHERE NOT EXISTS (SELECT FROM intake_incidents"
                                + " WHERE consumer_group = ? AND topic = ? AND partition = ? AND kind = ? AND waits"
                                + " AND decided_at IS NULL)",
                        group,
                        partition.topic(),
                        partition.partition(),
                        kind.code,
                        what,
                        cure,
                        kind.waits,
                        from,
                        to,
                        group,
                        partition.topic(),
                        partition.partition(),
                        kind.code));
        if (added > 0) {
            log.error("{}: {}: {} {}", partition, kind.code, what, cure);
            registry.counter(COUNTER, "kind", kind.code).increment();
        }
    }

    /** The partitions that wait for an operator, and why. */
    Map<TopicPartition, String> open() throws SQLException {
        return transactions.run(connection -> {
            Map<TopicPartition, String> open = new HashMap<>();
            new Sql(connection)
                    .forEach(
                            "SELECT topic, partition, what FROM intake_incidents WHERE consumer_group = ? AND waits"
                                    + " AND decided_at IS NULL ORDER BY id DESC",
                            row -> open.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getString(3)),
                            group);
            return open;
        });
    }

    /** The last twenty, those that wait for an operator first. */
    List<IntakeDecisions.Incident> latest() throws SQLException {
        return transactions.run(connection -> new Sql(connection)
                .query(
                        "SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), topic, partition, kind,"
                                + " what, cure, waits AND decided_at IS NULL AS open, decision FROM intake_incidents"
                                + " WHERE consumer_group = ? ORDER BY open DESC, id DESC LIMIT " + SHOWN,
                        row -> new IntakeDecisions.Incident(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getBoolean(7),
                                row.getString(8)),
                        group));
    }

    /** Stores what an operator decided for a partition. */
    static void decide(Connection connection, String group, TopicPartition partition, String decision)
            throws SQLException {
        new Sql(connection)
                .update(
                        "UPDATE intake_incidents SET decided_at = now(), decision = ? WHERE consumer_group = ?"
                                + " AND topic = ? AND partition = ? AND waits AND decided_at IS NULL",
                        decision,
                        group,
                        partition.topic(),
                        partition.partition());
    }
}
