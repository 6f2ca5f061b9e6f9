package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.role.replication.ReplicationSource;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.postgresql.replication.LogSequenceNumber;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A store with deals and any number of relays before it: a schema and a slot of its own, the Kafka of all tests. */
final class RelayedDeals {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final Provenance SOMEWHERE = new Provenance("/test", "c-1", null, null, false, "test-0@0");

    private final EventCatalog catalog = EventCatalog.bundled();

    private final String name = "relayed_" + COUNT.incrementAndGet();

    private final Database database = Database.create();

    private final FactStore store;

    private final ReplicationSource connection;

    private final List<Relay> relays = new ArrayList<>();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private int minutes;

    RelayedDeals() {
        RuleSet rules = RuleSets.load("default");
        store = new FactStore(
                database.dataSource(),
                rules,
                List.of(new CanonicalEvents(catalog, RunningService.serde(), rules, Clock.systemUTC())),
                Reactions.NONE,
                new SimpleMeterRegistry());
        LocalAddresses at = TestServers.get().addresses();
        connection = new ReplicationSource(
                at.jdbcUrl(), at.postgresUser(), at.postgresPassword(), database.schema(), "relay");
        try (Admin admin = DomainEvents.clients("unused").admin()) {
            Topics.ensure(admin, catalog, Topics.Layout.parse("3/1"));
        }
    }

    /** A slot as a process sees it. */
    RelaySlot slot() {
        return new RelaySlot(database.dataSource(), name, store::republish);
    }

    /** Starts a relay, as a process does. */
    Relay relay() throws Exception {
        return relay(connection, Relay.LEASE);
    }

    /**
     * Starts a relay.
     *
     * @param postgres its way to PostgreSQL
     * @param length of its lease
     */
    Relay relay(ReplicationSource postgres, Duration length) throws Exception {
        RelaySlot slot = slot();
        KafkaClients clients = DomainEvents.clients("unused");
        Relay relay = new Relay(
                postgres,
                slot,
                () -> clients.relayProducer("relay-" + name),
                new TopicComparison(new TopicTail(clients::reader), slot),
                new Lease(Relay.LEASE_NAME, length),
                ServiceDelays.of(meters, Clock.systemUTC()),
                new SimpleMeterRegistry());
        relays.add(relay);
        new PublishLifecycle(slot, relay).start();
        return relay;
    }

    /** The key of a deal that no other test has. */
    String deal(String id) {
        return "crm:deal:" + name + "-" + id;
    }

    /** Tells a fact about the deal that is newer than all before: one transaction. */
    void tell(String id, String status) {
        store.add(List.of(fact(id, status)));
    }

    private ReceivedStatement fact(String id, String status) {
        Fact fact = Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey(deal(id)),
                status,
                null,
                DomainEvents.START.plusSeconds(60L * ++minutes),
                List.of(),
                Map.of(),
                null);
        return ReceivedStatement.of(fact, SOMEWHERE);
    }

    /** Tells of so many deals in one transaction. */
    void tellOf(int count) {
        List<ReceivedStatement> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            facts.add(fact("many-" + i, "Deal Created"));
        }
        store.add(facts);
    }

    /** How long events took from their commit to Kafka, as the relays have measured it. */
    Timer untilPublished() {
        return meters.get("masterdeal.delay")
                .tag("to", ServiceDelays.PUBLISHED.to())
                .timer();
    }

    /** Tells of an object of the deal with a long key that cannot be compressed: the deal's event has some of its bytes more. */
    void tellLarge(String id, int bytes) {
        List<ReceivedStatement> objects = new ArrayList<>();
        for (int i = 0; i * 400 < bytes; i++) {
            StringBuilder random = new StringBuilder("docflow:dossier:");
            while (random.length() < 400) {
                random.append(UUID.randomUUID());
            }
            objects.add(ReceivedStatement.of(
                    Fact.of(
                            UUID.randomUUID(),
                            "some.type",
                            new ObjectKey(random.toString()),
                            "Dossier Linked",
                            null,
                            DomainEvents.START.plusSeconds(60L * ++minutes),
                            List.of(new ObjectKey(deal(id))),
                            Map.of(),
                            null),
                    SOMEWHERE));
        }
        store.add(objects);
    }

    void settle() {
        while (store.settlePending(100) > 0) {
            Thread.onSpinWait();
        }
    }

    FactStore store() {
        return store;
    }

    JdbcClient jdbc() {
        return database.jdbc();
    }

    Database database() {
        return database;
    }

    String slotName() {
        return name;
    }

    /** How far the slot is. */
    LogSequenceNumber confirmed() {
        return LogSequenceNumber.valueOf(
                jdbc().sql("SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = ?")
                        .param(name)
                        .query(String.class)
                        .single());
    }

    /** Where the log ends. */
    LogSequenceNumber end() {
        return LogSequenceNumber.valueOf(jdbc().sql("SELECT pg_current_wal_lsn()::text")
                .query(String.class)
                .single());
    }

    /** What is parked of each deal, from the one that waits for longest. */
    List<ParkedQueries.ParkedView> parked() {
        return new ParkedQueries(jdbc()).deals(20);
    }

    /** The health of parking. */
    Status parkedHealth() {
        return new ParkedHealth(new ParkedQueries(jdbc())).health().getStatus();
    }

    /** Has what is parked tried again. */
    void releaseParked() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(ParkedQueries.release(new Sql(connection))).isPositive();
        }
    }

    List<String> incidents() {
        return jdbc().sql("SELECT what FROM relay_incidents ORDER BY id")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** What Kafka has of a deal, repeats included. */
    List<Event> published(DomainEvents events, String... ids) {
        List<String> keys = Arrays.stream(ids).map(this::deal).toList();
        return events.readAll("masterdeal.events").stream()
                .filter(it -> keys.contains(it.envelope().subject()))
                .toList();
    }

    /** Stops the relays and leaves nothing in PostgreSQL that would hold its log. */
    void stop() throws InterruptedException {
        for (Relay relay : relays) {
            relay.stop();
        }
        jdbc().sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?")
                .param(name)
                .query((row, _) -> true)
                .list();
        database.close();
    }
}
