package io.masterdeal.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.intake.InputPositions.Place;
import io.masterdeal.service.intake.InputPositions.Step;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No position is ahead of what is stored, however many transactions a batch takes. */
class BatchStorageTest {

    private static final TopicPartition PARTITION = new TopicPartition("crm.events", 0);

    private static final Place START = new Place("an id", 10, 0, false);

    private final Database database = Database.create();

    private final KafkaClients clients = DomainEvents.clients("batch-storage");

    private final Producer<byte[], byte[]> producer = clients.producer();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final InputPositions positions = Intakes.positions("batch-storage", database.dataSource());

    private final ExecutorService writers = Executors.newFixedThreadPool(3);

    private int told;

    @BeforeAll
    static void make_the_topics() {
        Topics.ensure(Intakes.ADMIN, EventCatalog.bundled(), Topics.Layout.parse("3/1"));
    }

    @BeforeEach
    void begin() throws Exception {
        positions.add(Map.of(PARTITION, START));
    }

    @AfterEach
    void close() {
        writers.close();
        producer.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void what_postgresql_refuses_is_kept_elsewhere_and_the_position_goes_behind_it(int lanes) throws Exception {
        // given: a time that no reader lets pass
        List<IntakeBatch.Decoded> batch = new ArrayList<>(List.of(told(), told(), told(), told()));
        batch.add(2, told(Instant.parse("0000-01-01T00:00:00Z")));

        // when
        store(batch, lanes, 15);

        // then
        assertThat(count("facts")).isEqualTo(4);
        assertThat(registry.counter("masterdeal.intake.refused", "reason", "refused-by-store")
                        .count())
                .isEqualTo(1);
        assertThat(position()).isEqualTo(15);
        assertThat(count("intake_parts")).isZero();
    }

    @Test
    void a_batch_does_not_go_on_from_where_postgresql_is_no_more() throws Exception {
        // given
        database.jdbc().sql("UPDATE intake_positions SET next_offset = 7").update();

        // then: as one transaction it is not stored at all
        assertThatThrownBy(() -> store(List.of(told()), 1, 11)).hasRootCauseInstanceOf(PositionsMovedException.class);
        assertThat(count("facts")).isZero();

        // and as several its position stays
        assertThatThrownBy(() -> store(List.of(told(), told()), 2, 12))
                .hasRootCauseInstanceOf(PositionsMovedException.class);
        assertThat(position()).isEqualTo(7);
    }

    @Test
    void a_position_stays_if_postgresql_has_lost_a_transaction_of_the_batch() throws Exception {
        // given: what a standby has got that was made the primary after one lane and before the other
        UUID lost = UUID.randomUUID();
        UUID kept = UUID.randomUUID();
        FactStore store = store();
        store.inTransaction(connection -> InputPositions.note(connection, kept));

        // then
        assertThatThrownBy(() -> store.inTransaction(connection ->
                        positions.advance(connection, Map.of(PARTITION, new Step(START, 20)), List.of(lost, kept))))
                .isInstanceOf(PositionsMovedException.class)
                .hasMessageContaining("of 2 transactions of a batch PostgreSQL has 1 left");
        assertThat(position()).isEqualTo(10);
    }

    @Test
    void who_comes_late_does_not_put_a_position_back() throws Exception {
        // given: another process has taken the partition over and is ahead
        database.jdbc().sql("UPDATE intake_positions SET next_offset = 100").update();

        // when
        store(List.of(told()), 1, 11);

        // then
        assertThat(position()).isEqualTo(100);
        assertThat(count("facts")).isEqualTo(1);
    }

    private void store(List<IntakeBatch.Decoded> batch, int lanes, long next) throws Exception {
        IntakeMeters meters = new IntakeMeters(registry, ServiceDelays.of(registry, Clock.systemUTC()));
        BatchStorage storage = new BatchStorage(
                store(),
                positions,
                new RefusedRecords(EventCatalog.bundled(), RunningService.serde(), producer, Clock.systemUTC(), meters),
                meters,
                new IntakeLimits(lanes, 1, 100, 100, 100, Duration.ofSeconds(1)));
        List<Future<?>> stored = new ArrayList<>();
        storage.store(
                batch,
                List.of(),
                Map.of(PARTITION, new Step(START, next)),
                new Retry(meters, new CountDownLatch(1)),
                writers,
                stored);
        for (Future<?> each : stored) {
            each.get();
        }
    }

    private FactStore store() {
        return new FactStore(database.dataSource(), RuleSets.load("default"), List.of(), Reactions.NONE, registry);
    }

    private IntakeBatch.Decoded told() {
        return told(Instant.parse("2026-03-01T10:00:00Z"));
    }

    private IntakeBatch.Decoded told(Instant at) {
        String key = "crm:deal:stored-" + told++;
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("crm.events", 0, told, key.getBytes(StandardCharsets.UTF_8), new byte[0]);
        Fact fact = Fact.of(
                UUID.randomUUID(),
                "crm.deal.created",
                new ObjectKey(key),
                "Deal Created",
                null,
                at,
                List.of(),
                Map.of(),
                null);
        return new IntakeBatch.Decoded(
                record,
                ReceivedStatement.of(
                        fact,
                        new ReceivedStatement.Provenance(
                                "/crm", null, null, null, false, StatementReader.origin(record))));
    }

    private long position() throws Exception {
        return positions.all().getOrDefault(PARTITION, START).next();
    }

    private long count(String table) {
        return database.jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
