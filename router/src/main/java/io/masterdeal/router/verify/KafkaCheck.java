package io.masterdeal.router.verify;

import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.router.kafka.RouterClients;
import io.masterdeal.router.subscription.ActiveSpan;
import io.masterdeal.router.subscription.Subscriptions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads Kafka again and compares: each record must be a message of the ledger, with deliveries for exactly those subscriptions
 * that wanted its type at its offset. Read-only; deliveries continue meanwhile.
 */
final class KafkaCheck {

    private static final Duration POLL = Duration.ofMillis(500);

    /** After this many empty polls in a row (30 s) Kafka counts as not answering. */
    private static final int MOST_EMPTY = 60;

    /** The most differences that are reported. */
    private static final int MOST = 1_000;

    private final Transactions transactions;

    private final Subscriptions subscriptions;

    private final RouterClients clients;

    private final EventSerde serde;

    KafkaCheck(Transactions transactions, Subscriptions subscriptions, RouterClients clients, EventSerde serde) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.clients = clients;
        this.serde = serde;
    }

    /** Offsets that the ledger counts and Kafka no longer has. */
    record Gone(String topic, int partition, long fromOffset, long toOffset) {}

    /**
     * The result.
     *
     * @param records how many records were compared
     */
    record Compared(long records, List<Difference> differences, List<Gone> gone) {}

    private record Range(TopicPartition partition, long from, long to) {}

    /** A record as the ledger should have it. */
    private record Expected(long offset, String eventId, String type) {}

    /**
     * Compares what was accepted in a time range.
     *
     * @param since from the beginning of this hour on
     * @param until before the beginning of this hour
     * @throws SQLException if the ledger cannot be read
     * @throws KafkaException if Kafka does not answer
     */
    Compared compare(Instant since, Instant until) throws SQLException {
        List<Range> ranges = ranges(since, until);
        List<ActiveSpan> spans = subscriptions.spans();
        Compared compared = new Compared(0, new ArrayList<>(), new ArrayList<>());
        try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
            Map<TopicPartition, Long> first = consumer.beginningOffsets(
                    ranges.stream().map(Range::partition).distinct().toList());
            for (Range range : ranges) {
                long from = Math.max(range.from(), first.getOrDefault(range.partition(), 0L));
                if (from > range.from()) {
                    compared.gone()
                            .add(new Gone(
                                    range.partition().topic(),
                                    range.partition().partition(),
                                    range.from(),
                                    Math.min(from - 1, range.to())));
                }
                List<ActiveSpan> ofPartition = spans.stream()
                        .filter(it -> it.topic().equals(range.partition().topic())
                                && it.partition() == range.partition().partition())
                        .toList();
                long read = compare(consumer, new Range(range.partition(), from, range.to()), ofPartition, compared);
                compared = new Compared(compared.records() + read, compared.differences(), compared.gone());
            }
        }
        return compared;
    }

    private List<Range> ranges(Instant since, Instant until) throws SQLException {
        return transactions.run(connection -> new Sql(connection)
                .query(
                        // Hour by hour, because days in between may have been dropped.
                        "SELECT topic, partition, min(from_offset), max(to_offset) FROM counts"
                                + " WHERE hour >= date_trunc('hour', ?::timestamptz)"
                                + " AND hour < date_trunc('hour', ?::timestamptz) GROUP BY 1, 2, hour ORDER BY 1, 2, 3",
                        row -> new Range(
                                new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3), row.getLong(4)),
                        since.toString(),
                        until.toString()));
    }

    private long compare(Consumer<byte[], byte[]> consumer, Range range, List<ActiveSpan> spans, Compared compared)
            throws SQLException {
        if (range.from() > range.to()) {
            return 0;
        }
        consumer.assign(List.of(range.partition()));
        consumer.seek(range.partition(), range.from());
        long records = 0;
        int empty = 0;
        // The position also advances past offsets without a record.
        while (consumer.position(range.partition()) <= range.to()) {
            List<Expected> batch = new ArrayList<>();
            int polled = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                polled++;
                if (record.offset() <= range.to()) {
                    records++;
                    expect(record, batch);
                }
            }
            empty = polled == 0 ? empty + 1 : 0;
            if (empty > MOST_EMPTY) {
                throw new KafkaException(range.partition() + " gives nothing from offset "
                        + consumer.position(range.partition()) + " on, though the ledger counts up to " + range.to());
            }
            compare(range.partition(), batch, spans, compared.differences());
        }
        return records;
    }

    /** A record that is not an event is counted as unreadable, and has no message. */
    private void expect(ConsumerRecord<byte[], byte[]> record, List<Expected> batch) {
        try {
            Envelope envelope = serde.deserialize(record).envelope();
            batch.add(new Expected(record.offset(), envelope.id().toString(), envelope.type()));
        } catch (UndecodableEventException _) {
            return;
        }
    }

    private void compare(
            TopicPartition partition, List<Expected> batch, List<ActiveSpan> spans, List<Difference> differences)
            throws SQLException {
        if (batch.isEmpty() || differences.size() >= MOST) {
            return;
        }
        Map<Long, Set<Integer>> known = known(partition, batch);
        for (Expected expected : batch) {
            Set<Integer> surplus = known.get(expected.offset());
            if (surplus == null) {
                differences.add(difference("(all)", partition, expected, "is not in the ledger"));
                continue;
            }
            for (ActiveSpan span : spans) {
                if (span.counts(expected.offset(), expected.type()) && !surplus.remove(span.id())) {
                    differences.add(difference(span.name(), partition, expected, "was wanted and has no delivery"));
                }
            }
            for (Integer id : surplus) {
                differences.add(
                        difference("no. " + id, partition, expected, "has a delivery, though it was not wanted"));
            }
        }
    }

    private static Difference difference(
            String subscription, TopicPartition partition, Expected expected, String what) {
        return new Difference(
                subscription,
                partition.topic(),
                partition.partition(),
                expected.offset(),
                expected.offset(),
                "event " + expected.eventId() + " of type " + expected.type() + " " + what);
    }

    private Map<Long, Set<Integer>> known(TopicPartition partition, List<Expected> batch) throws SQLException {
        Map<Long, Set<Integer>> known = new HashMap<>();
        transactions.run(connection -> {
            new Sql(connection)
                    .forEach(
                            "SELECT m.\"offset\", d.subscription FROM messages m LEFT JOIN deliveries d"
                                    + " ON d.message_id = m.id AND d.accepted_at = m.accepted_at"
                                    + " WHERE m.event_id = ANY (?::uuid[]) AND m.topic = ? AND m.partition = ?",
                            row -> {
                                Set<Integer> subscribed = known.computeIfAbsent(row.getLong(1), _ -> new HashSet<>());
                                Integer subscription = row.getObject(2, Integer.class);
                                if (subscription != null) {
                                    subscribed.add(subscription);
                                }
                            },
                            new Sql.Texts(batch.stream().map(Expected::eventId).toList()),
                            partition.topic(),
                            partition.partition());
            return true;
        });
        return known;
    }
}
