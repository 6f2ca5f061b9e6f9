package io.masterdeal.service.intake;

import io.masterdeal.role.database.Transactions;
import io.masterdeal.service.intake.TopicLook.Extent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operator's decisions about where the intake reads, and the incidents behind them. The intake notices a decision within
 * seconds.
 */
public final class IntakeDecisions {

    /** Continue with the first record that Kafka has. */
    public static final String FIRST = "first";

    /** Continue with records that are written from now on. */
    public static final String END = "end";

    private static final Logger log = LoggerFactory.getLogger(IntakeDecisions.class);

    private final Transactions transactions;

    private final String group;

    private final IntakeIncidents incidents;

    private final TopicLook look;

    private final List<String> topics;

    IntakeDecisions(
            Transactions transactions,
            String group,
            IntakeIncidents incidents,
            TopicLook look,
            Collection<String> topics) {
        this.transactions = transactions;
        this.group = group;
        this.incidents = incidents;
        this.look = look;
        this.topics = List.copyOf(topics);
    }

    /**
     * Where a partition continues.
     *
     * @param next the offset of the next record
     */
    public record Resumed(String topic, int partition, long next) {}

    /**
     * A mismatch between Kafka and PostgreSQL.
     *
     * @param at when, RFC 3339, UTC
     * @param kind a short code
     * @param what a description
     * @param cure what to do
     * @param open whether the partition waits for an operator
     * @param decision what an operator decided; null if nothing
     */
    public record Incident(
            String at,
            String topic,
            int partition,
            String kind,
            String what,
            String cure,
            boolean open,
            @Nullable String decision) {}

    /**
     * The last twenty incidents, those that wait for an operator first.
     *
     * @throws IllegalStateException if PostgreSQL does not answer
     */
    public List<Incident> incidents() {
        try {
            return incidents.latest();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not return the incidents of the intake: " + e, e);
        }
    }

    /**
     * Sets where the intake continues.
     *
     * @param topic a domain's topic
     * @param partition its number; null for all of them
     * @param from {@link #FIRST}, {@link #END}, or an offset that Kafka has
     * @param reason why; it is stored with the decision
     * @return where each continues
     * @throws IllegalArgumentException if there is no such partition or offset; the message says what there is
     * @throws IllegalStateException if Kafka or PostgreSQL does not answer
     */
    public List<Resumed> resume(String topic, @Nullable Integer partition, String from, String reason)
            throws InterruptedException {
        return resume(topic, partition, from, reason, (_, _) -> {});
    }

    /** Writes down a decision, in its transaction. */
    @FunctionalInterface
    public interface DecisionNote {
        /** Writes it; the caller commits. */
        void write(Connection connection, int partitions) throws SQLException;
    }

    /**
     * Does what {@link #resume(String, Integer, String, String)} does.
     *
     * @param note is written in the same transaction
     */
    public List<Resumed> resume(
            String topic, @Nullable Integer partition, String from, String reason, DecisionNote note)
            throws InterruptedException {
        if (!topics.contains(topic)) {
            throw new IllegalArgumentException(
                    "The intake reads " + String.join(", ", topics) + ", and no topic '" + topic + "'.");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Say why: it is kept with the decision.");
        }
        try {
            Map<Integer, Extent> extents = new TreeMap<>();
            look.at(List.of(topic)).forEach((each, extent) -> {
                if (partition == null || partition == each.partition()) {
                    extents.put(each.partition(), extent);
                }
            });
            if (extents.isEmpty()) {
                throw new IllegalArgumentException(topic + " has no partition " + partition + ".");
            }
            List<Resumed> resumed = new ArrayList<>();
            extents.forEach((number, extent) -> resumed.add(new Resumed(topic, number, offset(from, extent))));
            transactions.run(connection -> {
                for (Resumed each : resumed) {
                    TopicPartition at = new TopicPartition(topic, each.partition());
                    Extent extent = extents.get(each.partition());
                    if (extent != null) {
                        InputPositions.decide(connection, group, at, extent.topicId(), each.next());
                        IntakeIncidents.decide(connection, group, at, "from offset " + each.next() + ": " + reason);
                    }
                }
                note.write(connection, resumed.size());
                return resumed;
            });
            log.warn("an operator lets the intake continue from {}: {}", resumed, reason);
            return resumed;
        } catch (SQLException | ExecutionException e) {
            throw new IllegalStateException("the decision could not be stored: " + e, e);
        }
    }

    private static long offset(String from, Extent extent) {
        if (from.equals(FIRST)) {
            return extent.first();
        }
        if (from.equals(END)) {
            return extent.end();
        }
        long offset;
        try {
            offset = Long.parseLong(from);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'from' is 'first', 'end' or the offset of a record, not '" + from + "'.", e);
        }
        if (offset < extent.first() || offset > extent.end()) {
            throw new IllegalArgumentException("Kafka has offsets from " + extent.first() + " to before " + extent.end()
                    + ", not " + offset + ".");
        }
        return offset;
    }
}
