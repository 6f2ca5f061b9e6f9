package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL goes back in time, as after a failover to a standby that lagged, or the restore of a backup. */
class TimeTravelTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<String> TOPICS = List.of("legal.events");

    private static final RuleSet RULES = RuleSets.load("default");

    private static int count;

    private final KafkaClients clients = DomainEvents.clients("time-travel-" + ++count);

    private final Producer<byte[], byte[]> producer = clients.producer();

    private final DomainEvents events = new DomainEvents();

    private final List<UUID> told = new ArrayList<>();

    private String databaseName = "";

    private Database database;

    private FactStore store;

    @BeforeAll
    static void make_the_topics() {
        Topics.ensure(Intakes.ADMIN, EventCatalog.bundled(), Topics.Layout.parse("3/1"));
    }

    @BeforeEach
    void open() {
        String url = TestServers.get().createDatabase("travel");
        databaseName = url.substring(url.lastIndexOf('/') + 1);
        database = Database.create(url);
        store = new FactStore(database.dataSource(), RULES, List.of(), Reactions.NONE, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        events.close();
        producer.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_database_has_lost_by_going_back_in_time_is_read_again(boolean whileTheIntakeRuns) throws Exception {
        assumeTrue(
                whileTheIntakeRuns || Boolean.getBoolean("masterdeal.long"),
                "long run: a start sees what a running intake sees");

        // given: a backup, and events after it
        Intake intake = start();
        tell(5);
        awaitAllStored();
        copy(databaseName, databaseName + "_backup");
        tell(5);
        awaitAllStored();
        await().atMost(PATIENCE).until(() -> lagOfKafka() == 0);

        // when
        if (!whileTheIntakeRuns) {
            intake.stop();
        }
        drop(databaseName);
        copy(databaseName + "_backup", databaseName);
        if (!whileTheIntakeRuns) {
            intake = start();
        }
        tell(1);

        // then
        awaitAllStored();
        await().atMost(PATIENCE).until(() -> lagOfKafka() == 0);
        assertThat(Intakes.decisions(clients.group(), TOPICS, database.dataSource())
                        .incidents())
                .isNotEmpty()
                .allSatisfy(incident -> {
                    assertThat(incident.kind()).isEqualTo("store-behind");
                    assertThat(incident.open()).isFalse();
                    assertThat(incident.what()).contains("PostgreSQL has not got them");
                });
        assertThat(database.jdbc()
                        .sql("SELECT sum(n) FROM (SELECT max(to_offset - from_offset) AS n FROM intake_incidents"
                                + " GROUP BY topic, partition) AS each")
                        .query(Long.class)
                        .single())
                .as("events of which it is known that they were read again")
                .isEqualTo(5);
        intake.stop();
    }

    @Test
    void a_store_without_positions_takes_those_that_kafka_has_committed_if_it_has_facts() throws Exception {
        // given: a store as an earlier version left it
        Intake intake = start();
        tell(3);
        awaitAllStored();
        await().atMost(PATIENCE).until(() -> lagOfKafka() == 0);
        intake.stop();
        database.jdbc().sql("DELETE FROM intake_positions").update();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        // when
        intake = start(registry);
        tell(1);

        // then
        awaitAllStored();
        assertThat(registry.counter("masterdeal.intake.duplicates").count()).isZero();
        intake.stop();

        // when: it has lost its facts as well
        database.clear();
        intake = start();

        // then
        awaitAllStored();
        intake.stop();
    }

    private Intake start() {
        return start(new SimpleMeterRegistry());
    }

    private Intake start(SimpleMeterRegistry registry) {
        Intake intake = Intakes.intake(
                clients.group(),
                clients::intakeConsumer,
                TOPICS,
                producer,
                new IntakeMeters(registry, ServiceDelays.of(registry, Clock.systemUTC())),
                IntakeLimits.ofLanes(1),
                database.dataSource(),
                store);
        intake.start();
        return intake;
    }

    private void tell(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            Event event = event("legal.approved", "legal:case:" + UUID.randomUUID(), i);
            told.add(event.envelope().id());
            events.send(event);
        }
    }

    private void awaitAllStored() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(database.jdbc()
                                .sql("SELECT event_id FROM facts")
                                .query(UUID.class)
                                .list())
                        .containsAll(told));
    }

    private long lagOfKafka() throws Exception {
        var committed = Intakes.ADMIN
                .listConsumerGroupOffsets(clients.group())
                .partitionsToOffsetAndMetadata()
                .get();
        return Intakes.progress(clients.group(), TOPICS, database.dataSource()).partitions().stream()
                .mapToLong(it -> {
                    var offset = committed.get(new org.apache.kafka.common.TopicPartition(it.topic(), it.partition()));
                    return it.end() - (offset == null ? 0 : offset.offset());
                })
                .sum();
    }

    private static void copy(String from, String to) throws SQLException {
        asSuperuser(
                "ALTER DATABASE " + from + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + from + "'",
                "CREATE DATABASE " + to + " TEMPLATE " + from + " OWNER "
                        + TestServers.get().addresses().postgresUser(),
                "ALTER DATABASE " + from + " ALLOW_CONNECTIONS true",
                "ALTER DATABASE " + to + " ALLOW_CONNECTIONS true");
    }

    private static void drop(String database) throws SQLException {
        asSuperuser("DROP DATABASE " + database + " WITH (FORCE)");
    }

    private static void asSuperuser(String... statements) throws SQLException {
        try (Connection connection = TestServers.get().superuser();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
