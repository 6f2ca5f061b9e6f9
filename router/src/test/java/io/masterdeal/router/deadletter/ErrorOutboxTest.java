package io.masterdeal.router.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.role.database.Sql;
import io.masterdeal.router.servers.LedgerDatabase;
import io.masterdeal.testbed.servers.TestServers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/**
 * Publishing a dead letter is tried until Kafka acknowledges it. The producer is Kafka's mock, because the tests choose what it
 * answers.
 */
class ErrorOutboxTest {

    @Test
    void a_dead_letter_is_remembered_until_kafka_has_its_error_event() throws Exception {
        // given
        OffsetDateTime today = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (LedgerDatabase database = new LedgerDatabase("error_outbox")) {
            database.addDay(today);
            database.addDelivery(1, today, "dead_lettered");
            database.update("INSERT INTO error_outbox (message_id, subscription, replay) VALUES (1, 1, 0)");
            EventCatalog catalog = EventCatalog.bundled();
            ErrorOutbox outbox = new ErrorOutbox(
                    database.transactions(),
                    catalog,
                    new EventSerde(
                            catalog,
                            new HttpSchemaRegistry(TestServers.get().addresses().registryUrl())),
                    producer,
                    Clock.systemUTC());
            Thread worker = Thread.ofPlatform().start(outbox);

            // when
            await().until(() -> producer.history().size() == 1);
            producer.errorNext(new TimeoutException("no broker answers"));

            // then
            await().until(() -> producer.history().size() == 2);
            assertThat(waiting(database)).isEqualTo(1);

            // when
            producer.completeNext();

            // then
            await().until(() -> waiting(database) == 0);
            outbox.stop();
            worker.join();
            assertThat(producer.history()).hasSize(2);
        }
    }

    private static long waiting(LedgerDatabase database) throws SQLException {
        return database.transactions()
                .run(connection ->
                        new Sql(connection).query("SELECT count(*) FROM error_outbox", row -> row.getLong(1)))
                .getFirst();
    }
}
