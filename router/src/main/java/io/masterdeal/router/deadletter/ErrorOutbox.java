package io.masterdeal.router.deadletter;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.ErrorEvents;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes an error event on {@code error.events} for each dead letter. Its row is written in the transaction that gives up
 * the delivery, and deleted when Kafka has acknowledged the event: it is published at least once, with the same id.
 */
public final class ErrorOutbox implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ErrorOutbox.class);

    private static final int PAGE = 100;

    private static final long PAUSE_MS = 200;

    private static final String SELECT = "SELECT o.id, o.replay, s.name, d.reason, d.tries::text, m.topic, m.partition,"
            + " m.\"offset\", m.event_id, m.type, m.subject, m.occurred_at, m.master_deal_id, m.correlation_id"
            + " FROM error_outbox o JOIN subscriptions s ON s.id = o.subscription"
            + " JOIN deliveries d ON d.message_id = o.message_id AND d.subscription = o.subscription"
            + " JOIN messages m ON m.id = d.message_id AND m.accepted_at = d.accepted_at ORDER BY o.id LIMIT ?";

    private final Transactions transactions;

    private final ErrorEvents errors;

    private final EventSerde serde;

    private final Producer<byte[], byte[]> producer;

    private final Clock clock;

    private volatile boolean stopping;

    /**
     * @param transactions in the router's schema
     * @param catalog has the type of error events
     * @param serde serialises them
     * @param producer sends them; closed by the caller
     * @param clock for their time
     */
    public ErrorOutbox(
            Transactions transactions,
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock) {
        this.transactions = transactions;
        this.errors = new ErrorEvents(catalog, "/masterdeal/router");
        this.serde = serde;
        this.producer = producer;
        this.clock = clock;
    }

    private record Row(long id, ErrorEvents.Undelivered undelivered) {}

    /** Stops it. Any thread. */
    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            int sent = 0;
            try {
                sent = send();
            } catch (SQLException | KafkaException | ExecutionException | RegistryUnavailableException e) {
                log.warn("error events for dead letters cannot be published, trying again: {}", e.getMessage());
            } catch (InterruptedException _) {
                return; // Stopped; what is not acknowledged stays in the table.
            }
            if (sent < PAGE && !pause()) {
                return;
            }
        }
    }

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private int send() throws SQLException, ExecutionException, InterruptedException {
        List<Row> rows = transactions.run(connection -> new Sql(connection).query(SELECT, ErrorOutbox::read, PAGE));
        if (rows.isEmpty()) {
            return 0;
        }
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (Row row : rows) {
            Event event = errors.of(row.undelivered(), clock.instant());
            acknowledgements.add(producer.send(serde.serialize(event)));
        }
        for (Future<?> it : acknowledgements) {
            it.get();
        }
        transactions.run(connection -> new Sql(connection)
                .update(
                        "DELETE FROM error_outbox WHERE id = ANY (?)",
                        new Sql.Longs(rows.stream().map(Row::id).toList())));
        return rows.size();
    }

    private static Row read(ResultSet row) throws SQLException {
        List<ErrorEvents.Attempt> attempts = new ArrayList<>();
        String tries = row.getString(5);
        int replay = row.getInt(2);
        if (tries != null) {
            for (JsonNode it : JsonMapper.shared().readTree(tries)) {
                if (it.path("replay").asInt(0) == replay) {
                    attempts.add(new ErrorEvents.Attempt(
                            Instant.parse(it.path("at").stringValue()),
                            it.path("ms").longValue(),
                            it.has("status") ? it.path("status").intValue() : null,
                            it.path("answer").asString("")));
                }
            }
        }
        Envelope event = Envelope.builder(
                        Objects.requireNonNull(row.getObject(9, UUID.class)),
                        "/masterdeal/router",
                        row.getString(10),
                        row.getString(11),
                        row.getObject(12, OffsetDateTime.class).toInstant())
                .masterDealId(row.getObject(13, UUID.class))
                .correlationId(row.getString(14))
                .build();
        return new Row(
                row.getLong(1),
                new ErrorEvents.Undelivered(
                        new ErrorEvents.Place(row.getString(6), row.getInt(7), row.getLong(8)),
                        event,
                        row.getString(3),
                        replay,
                        Objects.requireNonNullElse(row.getString(4), "unknown"),
                        attempts));
    }
}
