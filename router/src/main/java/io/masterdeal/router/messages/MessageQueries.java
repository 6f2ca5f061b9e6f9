package io.masterdeal.router.messages;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Times;
import io.masterdeal.router.ledger.DeliveryState;
import io.masterdeal.router.subscription.Redaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds messages and deliveries. Every search uses an index. */
public final class MessageQueries {

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    public MessageQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The search. At least one of the first four, or the subject, narrows it; without them, deliveries in a state are listed.
     *
     * @param since only messages accepted at this instant or later; null for all
     * @param until only messages accepted before this instant; null for all
     * @param before only messages with a smaller id; null for all
     */
    record Search(
            @Nullable UUID eventId,
            @Nullable String correlationId,
            @Nullable UUID masterDealId,
            @Nullable String type,
            @Nullable DeliveryState state,
            @Nullable String subscription,
            @Nullable String subject,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Long before,
            int limit) {}

    /** The delivery of a message to a subscription. */
    public record DeliveryView(
            String subscription,
            String state,
            int attempts,
            int replay,
            @Nullable String reason,
            @Nullable String dueAt,
            String changedAt,
            @Nullable JsonNode tries) {
        DeliveryView shownTo(String caller) {
            return new DeliveryView(
                    subscription,
                    state,
                    attempts,
                    replay,
                    reason,
                    dueAt,
                    changedAt,
                    tries == null ? null : Redaction.attempts(tries, caller));
        }
    }

    /** A canonical event that was caused by a message. */
    public record PublishedView(String eventId, String type, String acceptedAt) {}

    /** A message. */
    public record MessageView(
            long id,
            String eventId,
            String type,
            String subject,
            @Nullable String masterDealId,
            @Nullable String correlationId,
            String topic,
            int partition,
            long offset,
            String occurredAt,
            @Nullable String publishedAt,
            String acceptedAt,
            @Nullable List<String> causes,
            List<DeliveryView> deliveries,
            @Nullable List<PublishedView> published) {
        MessageView shownTo(String caller) {
            return new MessageView(
                    id,
                    eventId,
                    type,
                    subject,
                    masterDealId,
                    correlationId,
                    topic,
                    partition,
                    offset,
                    occurredAt,
                    publishedAt,
                    acceptedAt,
                    causes,
                    deliveries.stream().map(it -> it.shownTo(caller)).toList(),
                    published);
        }
    }

    List<MessageView> find(Search search) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder where = new StringBuilder();
        narrow(where, parameters, "m.event_id = ?", search.eventId());
        narrow(where, parameters, "m.correlation_id = ?", search.correlationId());
        narrow(where, parameters, "m.master_deal_id = ?", search.masterDealId());
        narrow(where, parameters, "m.type = ?", search.type());
        narrow(where, parameters, "m.subject = ?", search.subject());
        narrow(where, parameters, "m.accepted_at >= ?", utc(search.since()));
        narrow(where, parameters, "m.accepted_at < ?", utc(search.until()));
        narrow(where, parameters, "m.id < ?", search.before());
        if (search.state() != null || search.subscription() != null) {
            // The state is a literal, not a parameter, so that the partial index of that state is used.
            where.append(
                    " AND m.id IN (SELECT d.message_id FROM deliveries d JOIN subscriptions s ON s.id = d.subscription"
                            + " WHERE true");
            if (search.state() != null) {
                where.append(" AND d.state = '").append(search.state().text()).append('\'');
            }
            narrow(where, parameters, "s.name = ?", search.subscription());
            where.append(')');
        }
        parameters.add(search.limit());
        return transactions.run(connection -> read(
                new Sql(connection),
                "WHERE true" + where + " ORDER BY m.id DESC LIMIT ?",
                search.eventId() != null,
                parameters.toArray()));
    }

    /** One message by its id. */
    Optional<MessageView> find(long id) throws SQLException {
        return transactions
                .run(connection -> read(new Sql(connection), "WHERE m.id = ?", true, new @Nullable Object[] {id}))
                .stream()
                .findFirst();
    }

    /** An event in structured mode; empty if it is unknown, or no subscription wanted its type. */
    public Optional<JsonNode> body(UUID eventId) throws SQLException {
        return transactions
                .run(connection -> new Sql(connection)
                        .query(
                                "SELECT body FROM messages WHERE event_id = ? AND body IS NOT NULL ORDER BY id LIMIT 1",
                                row -> JsonMapper.shared().readTree(row.getBytes(1)),
                                eventId))
                .stream()
                .findFirst();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static void narrow(
            StringBuilder where, List<@Nullable Object> parameters, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            parameters.add(value);
        }
    }

    private static List<MessageView> read(Sql sql, String where, boolean whole, @Nullable Object[] parameters)
            throws SQLException {
        Map<Long, MessageView> found = new LinkedHashMap<>();
        List<MessageView> messages = sql.query(
                "SELECT m.id, m.event_id, m.type, m.subject, m.master_deal_id, m.correlation_id, m.topic, m.partition,"
                        + " m.\"offset\", m.occurred_at, m.published_at, m.accepted_at, m.causes::text[] FROM messages m "
                        + where,
                MessageQueries::message,
                parameters);
        messages.forEach(it -> found.put(it.id(), it));
        sql.forEach(
                "SELECT d.message_id, s.name, d.state, d.attempts, d.replay, d.reason, d.due_at, d.changed_at, d.tries::text"
                        + " FROM deliveries d JOIN subscriptions s ON s.id = d.subscription WHERE d.message_id = ANY (?)"
                        + " ORDER BY s.name",
                row -> Objects.requireNonNull(found.get(row.getLong(1)))
                        .deliveries()
                        .add(delivery(row)),
                new Sql.Longs(found.keySet()));
        if (!whole) {
            return messages;
        }
        List<MessageView> complete = new ArrayList<>();
        for (MessageView it : messages) {
            complete.add(withPublished(it, sql));
        }
        return complete;
    }

    private static MessageView withPublished(MessageView it, Sql sql) throws SQLException {
        List<PublishedView> published = sql.query(
                "SELECT event_id, type, accepted_at FROM messages WHERE causes @> ARRAY[?::uuid] ORDER BY id",
                row -> new PublishedView(row.getString(1), row.getString(2), time(row, 3)),
                it.eventId());
        return new MessageView(
                it.id(),
                it.eventId(),
                it.type(),
                it.subject(),
                it.masterDealId(),
                it.correlationId(),
                it.topic(),
                it.partition(),
                it.offset(),
                it.occurredAt(),
                it.publishedAt(),
                it.acceptedAt(),
                it.causes(),
                it.deliveries(),
                published);
    }

    private static MessageView message(ResultSet row) throws SQLException {
        return new MessageView(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getLong(9),
                time(row, 10),
                row.getObject(11) == null ? null : time(row, 11),
                time(row, 12),
                texts(row.getArray(13)),
                new ArrayList<>(),
                null);
    }

    private static DeliveryView delivery(ResultSet row) throws SQLException {
        OffsetDateTime due = row.getObject(7, OffsetDateTime.class);
        String tries = row.getString(9);
        return new DeliveryView(
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getString(6),
                due == null ? null : Times.text(due.toInstant()),
                time(row, 8),
                tries == null ? null : JsonMapper.shared().readTree(tries));
    }

    private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((String[]) array.getArray());
    }

    private static String time(ResultSet row, int column) throws SQLException {
        return Times.text(row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
