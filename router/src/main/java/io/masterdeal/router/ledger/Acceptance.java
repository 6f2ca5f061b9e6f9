package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.router.subscription.Filter;
import io.masterdeal.router.subscription.Sink;
import io.masterdeal.router.subscription.StoredSubscription;
import io.masterdeal.router.subscription.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Stores what was read in the ledger: one transaction for each batch, which also advances the positions. Not thread-safe. */
public final class Acceptance {

    /** How many ids one step of the sequence provides. */
    private static final long BLOCK = 1_000;

    private final Transactions transactions;

    private final Subscriptions subscriptions;

    private final LeaderEpoch epoch;

    private long nextId;

    private long lastId = -1;

    /**
     * @param transactions in the router's schema
     * @param subscriptions decide who gets which events
     * @param epoch of this leadership
     */
    public Acceptance(Transactions transactions, Subscriptions subscriptions, LeaderEpoch epoch) {
        this.transactions = transactions;
        this.epoch = epoch;
        this.subscriptions = subscriptions;
        this.nextId = 0;
    }

    /**
     * The result of a batch.
     *
     * @param pending the deliveries to be sent, by number of the subscription, in order
     * @param lastId id of the last message
     */
    public record Accepted(Map<Integer, List<Delivery>> pending, long lastId) {}

    /**
     * Stores a batch.
     *
     * @param records at least one, in order within each partition
     * @throws FencedException if the position of a partition is not where the batch begins, or another process has become the
     *     leader
     * @throws SQLException if it cannot be stored; then nothing was
     */
    public Accepted accept(List<ReadRecord> records) throws SQLException {
        return transactions.runByKeys(connection -> {
            Sql sql = new Sql(connection);
            epoch.check(sql);
            List<StoredSubscription> active = subscriptions.share(sql).active();
            OffsetDateTime now = sql.query(
                            "SELECT transaction_timestamp()", row -> row.getObject(1, OffsetDateTime.class))
                    .getFirst();
            List<Span> spans = spans(records);
            advance(sql, spans);
            takeIds(sql, records.size());
            Batch batch = new Batch(now, active);
            for (ReadRecord record : records) {
                batch.add(record);
            }
            batch.write(sql);
            MessageCounts.write(sql, records, now);
            SubscriptionCounts.write(sql, spans, active, batch.unwanted, now);
            return new Accepted(batch.pending, batch.last);
        });
    }

    /** The part of a batch that belongs to one partition. */
    static final class Span {
        final String topic;
        final int partition;

        /**
         * The position of the partition before the batch. There may be offsets without a record before the first record, such
         * as the end of a transaction.
         */
        long from;

        long to;
        long records;
        long unreadable;

        Span(ReadRecord first) {
            this.topic = first.topic();
            this.partition = first.partition();
            this.from = first.offset();
        }
    }

    private static List<Span> spans(List<ReadRecord> records) {
        Map<String, Span> spans = new HashMap<>();
        for (ReadRecord record : records) {
            Span span = spans.computeIfAbsent(record.topic() + "/" + record.partition(), it -> new Span(record));
            span.to = record.offset();
            span.records++;
            if (record.event() == null) {
                span.unreadable++;
            }
        }
        return List.copyOf(spans.values());
    }

    /** Offsets may be missing in Kafka, so a batch may begin after the position of the partition, but never before it. */
    private static void advance(Sql sql, List<Span> spans) throws SQLException {
        Map<String, Long> stood = new HashMap<>();
        sql.forEach(
                "UPDATE positions p SET next_offset = u.next_offset"
                        + " FROM unnest(?, ?, ?, ?) u (topic, partition, from_offset, next_offset),"
                        + " (SELECT topic, partition, next_offset FROM positions) stood"
                        + " WHERE p.topic = u.topic AND p.partition = u.partition::int"
                        + " AND stood.topic = p.topic AND stood.partition = p.partition"
                        + " AND p.next_offset <= u.from_offset RETURNING p.topic, p.partition, stood.next_offset",
                row -> stood.put(row.getString(1) + "/" + row.getInt(2), row.getLong(3)),
                new Sql.Texts(spans.stream().map(it -> it.topic).toList()),
                new Sql.Longs(spans.stream().map(it -> (long) it.partition).toList()),
                new Sql.Longs(spans.stream().map(it -> it.from).toList()),
                new Sql.Longs(spans.stream().map(it -> it.to + 1).toList()));
        if (stood.size() != spans.size()) {
            throw new FencedException("another router has advanced the positions: " + stood.size() + " of "
                    + spans.size() + " partitions are where this one left them");
        }
        for (Span span : spans) {
            span.from = stood.getOrDefault(span.topic + "/" + span.partition, span.from);
        }
    }

    /** Only the one reader takes ids, so they grow with every batch, also across leaders. */
    private void takeIds(Sql sql, int count) throws SQLException {
        if (nextId + count - 1 > lastId) {
            long blocks = (count + BLOCK - 1) / BLOCK;
            List<Long> taken = sql.query(
                    "SELECT nextval('message_blocks') FROM generate_series(1, ?)", row -> row.getLong(1), blocks);
            // The blocks of one statement are consecutive: nobody else takes any while this transaction has locked the
            // positions.
            nextId = taken.getFirst() * BLOCK;
            lastId = taken.getLast() * BLOCK + BLOCK - 1;
        }
    }

    private final class Batch {
        final OffsetDateTime now;
        final List<StoredSubscription> active;
        final Map<Integer, List<Delivery>> pending = new HashMap<>();
        final Map<String, Long> unwanted = new HashMap<>();
        final List<LedgerMessage> messages = new ArrayList<>();
        final List<@Nullable String> causes = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
        final List<Long> published = new ArrayList<>();
        final List<Delivery> deliveries = new ArrayList<>();
        final List<String> states = new ArrayList<>();
        final List<@Nullable String> reasons = new ArrayList<>();
        long last;

        Batch(OffsetDateTime now, List<StoredSubscription> active) {
            this.now = now;
            this.active = active;
        }

        void add(ReadRecord record) {
            if (record.event() == null) {
                return; // Only counted; the service makes a dead letter of it.
            }
            var envelope = record.event().envelope();
            List<StoredSubscription> wanting = new ArrayList<>();
            for (StoredSubscription it : active) {
                if (it.subscription().wants(envelope.type())) {
                    wanting.add(it);
                } else {
                    unwanted.merge(SubscriptionCounts.key(it.id(), record.topic(), record.partition()), 1L, Long::sum);
                }
            }
            byte[] body = wanting.isEmpty()
                    ? null
                    : Objects.requireNonNull(record.json()).toString().getBytes(StandardCharsets.UTF_8);
            last = nextId++;
            LedgerMessage message = new LedgerMessage(
                    last,
                    now,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    envelope.id(),
                    envelope.type(),
                    envelope.subject(),
                    envelope.masterDealId(),
                    envelope.correlationId(),
                    body);
            messages.add(message);
            causes.add(record.causes() == null ? null : Sql.literal(record.causes(), Object::toString));
            times.add(envelope.time().toEpochMilli());
            published.add(record.publishedAt());
            wanting.forEach(it -> deliver(message, record, it));
        }

        private void deliver(LedgerMessage message, ReadRecord record, StoredSubscription to) {
            Delivery delivery =
                    new Delivery(message, to.id(), to.subscription().ordered() ? message.orderKey() : "", 0, 0);
            deliveries.add(delivery);
            if (to.subscription().sink() instanceof Sink.Origin) {
                storeRefusal(record, to.subscription().filter());
            } else {
                // The filter is evaluated by the worker of the subscription, so that a slow one delays no other.
                states.add(DeliveryState.PENDING.text());
                reasons.add(null);
                pending.computeIfAbsent(to.id(), it -> new ArrayList<>()).add(delivery);
            }
        }

        /**
         * A record that the platform could not read is a dead letter from the start: it is redriven once the cause is fixed. An
         * event that the gateway refused is known to its sender already. The filter is the platform's own.
         */
        private void storeRefusal(ReadRecord record, @Nullable Filter filter) {
            JsonNode event = Objects.requireNonNull(record.json());
            Filter.Verdict verdict = filter == null ? Filter.Verdict.PASSES : filter.evaluate(event);
            boolean told = event.at("/data/stage").asString("").equals("gateway");
            DeliveryState kept = told ? DeliveryState.REFUSED : DeliveryState.DEAD_LETTERED;
            states.add((verdict.passes() ? kept : DeliveryState.FILTERED).text());
            reasons.add(StoredReason.of(
                    verdict.passes() ? event.at("/data/reason").asString("refused") : verdict.because()));
        }

        void write(Sql sql) throws SQLException {
            if (!messages.isEmpty()) {
                writeMessages(sql);
            }
            if (!deliveries.isEmpty()) {
                sql.update(
                        "INSERT INTO deliveries (message_id, accepted_at, subscription, state, order_key, reason,"
                                + " changed_at) SELECT id, ?, subscription::int, state, order_key, reason, ?"
                                + " FROM unnest(?, ?, ?, ?, ?) u (id, subscription, state, order_key, reason)",
                        now,
                        now,
                        new Sql.Longs(deliveries.stream().map(Delivery::id).toList()),
                        new Sql.Longs(deliveries.stream()
                                .map(it -> (long) it.subscription())
                                .toList()),
                        new Sql.Texts(states),
                        new Sql.Texts(
                                deliveries.stream().map(Delivery::orderKey).toList()),
                        new Sql.Texts(reasons));
            }
        }

        private void writeMessages(Sql sql) throws SQLException {
            sql.update(
                    "INSERT INTO messages (id, accepted_at, topic, partition, \"offset\", event_id, type, subject,"
                            + " master_deal_id, correlation_id, causes, occurred_at, published_at, body)"
                            + " SELECT id, ?, topic, partition::int, at, event_id, type, subject, deal, correlation,"
                            + " causes::uuid[], timestamptz 'epoch' + occurred * interval '1 millisecond',"
                            + " timestamptz 'epoch' + published * interval '1 millisecond', body"
                            + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " u (id, topic, partition, at, event_id, type, subject, deal, correlation, causes,"
                            + " occurred, published, body)",
                    now,
                    new Sql.Longs(messages.stream().map(LedgerMessage::id).toList()),
                    new Sql.Texts(messages.stream().map(LedgerMessage::topic).toList()),
                    new Sql.Longs(
                            messages.stream().map(it -> (long) it.partition()).toList()),
                    new Sql.Longs(messages.stream().map(LedgerMessage::offset).toList()),
                    new Sql.Uuids(messages.stream().map(LedgerMessage::eventId).toList()),
                    new Sql.Texts(messages.stream().map(LedgerMessage::type).toList()),
                    new Sql.Texts(messages.stream().map(LedgerMessage::subject).toList()),
                    new Sql.Uuids(
                            messages.stream().map(LedgerMessage::masterDealId).toList()),
                    new Sql.Texts(
                            messages.stream().map(LedgerMessage::correlationId).toList()),
                    new Sql.Texts(causes),
                    new Sql.Longs(times),
                    new Sql.Longs(published),
                    new Sql.Bytes(messages.stream().map(LedgerMessage::body).toList()));
        }
    }
}
