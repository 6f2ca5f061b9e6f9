package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventRules;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.facts.DealChange;
import io.masterdeal.facts.DealListener;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.servers.CommittedMessages;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Fact;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The words in which changes are published. */
class CanonicalEventsTest {

    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final String DEAL = "crm:deal:D";

    private final EventCatalog catalog = EventCatalog.bundled();

    private final EventSerde serde = RunningService.serde();

    private Database database;

    private CommittedMessages committed;

    private FactStore store;

    private int minutes;

    @BeforeEach
    void make_a_schema() {
        database = Database.create();
        committed = CommittedMessages.from(database);
        store = store();
    }

    private FactStore store(DealListener<?>... others) {
        RuleSet rules = RuleSets.load("default");
        List<DealListener<?>> listeners = new ArrayList<>();
        listeners.add(new CanonicalEvents(catalog, serde, rules, Clock.fixed(NOW, ZoneOffset.UTC)));
        listeners.addAll(List.of(others));
        return new FactStore(database.dataSource(), rules, listeners, Reactions.NONE, new SimpleMeterRegistry());
    }

    @AfterEach
    void let_it_go() {
        committed.close();
        database.close();
    }

    @Test
    void each_change_is_told_by_the_most_specific_type() {
        assertThat(tell(fact(DEAL, "Deal Created"))).isEqualTo("masterdeal.created 1 null->lead_created null forward");
        assertThat(tell(fact(DEAL, "Brief Submitted")))
                .isEqualTo("masterdeal.stage.changed 2 lead_created->briefed null forward");
        assertThat(tell(fact(DEAL, "Deal Lost"))).isEqualTo("masterdeal.updated 3 briefed->briefed null null");
        Fact closeout = fact("dcm:closeout:C", "Closeout Completed", DEAL);
        assertThat(tell(closeout)).isEqualTo("masterdeal.closed 4 briefed->closed null forward");
        assertThat(tell(fact("media:mediaplan:M", "Plan Ready", DEAL)))
                .isEqualTo("masterdeal.updated 5 closed->closed null null");
        assertThat(tell(retraction(closeout)))
                .startsWith("masterdeal.stage.changed 6 closed->offer_ready")
                .contains(" null ");
    }

    @Test
    void a_changed_attribute_of_the_root_is_an_update_that_says_so() {
        // given
        tell(with(fact(DEAL, "Deal Created"), Map.of("client", "Alpha", "note", "none of the fields")));

        // when
        store.add(List.of(received(with(fact(DEAL, null), Map.of("client", "Beta", "amount", "5")))));
        store.add(List.of(received(with(fact(DEAL, null), Map.of("client", "Beta", "note", "other")))));

        // then
        List<CommittedMessages.Message> messages = committed.next();
        assertThat(messages).hasSize(1);
        Event event = read(messages.getFirst());
        assertThat(event.envelope().type()).isEqualTo("masterdeal.updated");
        assertThat(event.data().get("changed")).isEqualTo(List.of("attributes"));
        assertThat(event.data().get("attributes")).isEqualTo(Map.of("client", "Beta", "amount", "5"));
    }

    private static Fact with(Fact fact, Map<String, String> attributes) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                attributes,
                fact.masterDealId());
    }

    @Test
    void a_deal_that_no_fact_names_any_more_is_withdrawn() {
        Fact only = fact(DEAL, "Deal Created");
        tell(only);

        assertThat(tell(retraction(only))).startsWith("masterdeal.stage.changed 2 lead_created->none withdrawn");
        assertThat(tell(fact(DEAL, "Brief Submitted"))).startsWith("masterdeal.stage.changed 3 none->briefed null");
    }

    @Test
    void a_transaction_that_is_rolled_back_leaves_neither_an_event_nor_its_row() {
        // given
        DealListener<Long> refusing = new DealListener<>() {
            @Override
            public Long prepare(DealChange change) {
                return change.revision();
            }

            @Override
            public void write(Connection connection, List<Long> prepared) throws SQLException {
                throw new SQLException("not this time");
            }
        };
        FactStore failing = store(refusing);

        // when
        assertThatThrownBy(() -> failing.add(List.of(received(fact(DEAL, "Deal Created")))))
                .hasStackTraceContaining("not this time");

        // then
        assertThat(committed.next()).isEmpty();
        assertThat(revisions()).isZero();
    }

    private long revisions() {
        return database.jdbc()
                .sql("SELECT count(*) FROM deal_revisions")
                .query(Long.class)
                .single();
    }

    @Test
    void an_event_carries_the_whole_answer_and_its_cause() {
        // given
        database.jdbc()
                .sql("INSERT INTO leases VALUES ('relay', ?, 1796040802, now(), 1, now())")
                .param(UUID.randomUUID())
                .update();
        Fact created = fact(DEAL, "Deal Created");
        tell(created);

        // when
        Fact brief = fact(DEAL, "Brief Submitted");
        store.add(List.of(received(brief)));
        Event event = read(committed.next().getLast());

        // then
        UUID deal = UUID.fromString(String.valueOf(event.data().get("master_deal_id")));
        assertThat(event.envelope().id()).isEqualTo(NameUuid.of(deal, "1796040802/2"));
        assertThat(event.envelope().subject()).isEqualTo(DEAL);
        assertThat(event.envelope().time()).isEqualTo(NOW);
        assertThat(event.envelope().sequence()).isEqualTo(2);
        assertThat(event.envelope().masterDealId()).isEqualTo(deal);
        assertThat(event.envelope().causationId()).isEqualTo(brief.eventId().toString());
        assertThat(event.envelope().correlationId()).isEqualTo("c-7");
        assertThat(event.envelope().traceparent()).isEqualTo(TRACE);
        assertThat(event.envelope().replayed()).isTrue();
        assertThat(event.data().get("cause")).isEqualTo(List.of(brief.eventId().toString()));
        assertThat(event.data().get("evidence"))
                .isEqualTo(List.of(brief.eventId().toString()));
        assertThat(event.data().get("effective_at"))
                .isEqualTo(brief.occurredAt().toEpochMilli());
        assertThat(event.data().get("facts")).isEqualTo(2);
        assertThat(event.data().get("epoch")).isEqualTo(1796040802L);
        assertThat(event.data().get("rule_set")).isEqualTo("default@1");
        assertThat((List<?>) event.data().get("timeline")).hasSize(2);
        assertThat((List<?>) event.data().get("objects")).hasSize(1);
    }

    @Test
    void whatever_is_told_no_canonical_event_breaks_the_rules_it_is_not_checked_against_when_it_is_written() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        EventRules rules = new EventRules(catalog);
        List<Fact> told = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int batch = 0; batch < 40; batch++) {
            List<ReceivedStatement> statements = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                boolean retracts = !told.isEmpty() && random.nextInt(6) == 0;
                if (retracts) {
                    statements.add(received(retraction(told.get(random.nextInt(told.size())))));
                } else {
                    Fact fact = anyFact(random);
                    told.add(fact);
                    statements.add(received(fact));
                }
            }

            // when
            store.add(statements);

            // then
            for (CommittedMessages.Message message : committed.next()) {
                Event event = read(message);
                assertThat(rules.check(event)).as("seed %d", seed).isEmpty();
                events.add(event);
            }
        }
        assertThat(events).as("seed %d", seed).isNotEmpty();
        PublishedRevisions.assertHas(database.jdbc(), events);
        assertThat(revisions()).as("seed %d", seed).isEqualTo(events.size());
    }

    /** About one of a few objects, with the longest key and letters of every width among them. */
    private Fact anyFact(Random random) {
        List<String> deals = List.of(DEAL, "crm:deal:Плёнка 😀:~", "crm:deal:" + "x".repeat(503));
        String deal = deals.get(random.nextInt(deals.size()));
        return switch (random.nextInt(6)) {
            case 0 -> fact(deal, "Deal Created");
            case 1 -> fact(deal, random.nextBoolean() ? "Brief Submitted" : "Deal Lost");
            case 2 -> fact("media:mediaplan:" + random.nextInt(3), "Plan Ready", deal);
            case 3 -> fact("docflow:contract:договор-" + random.nextInt(3), "Contract Signed", deal);
            case 4 -> fact("dcm:invoice:" + random.nextInt(3), "Invoice Issued", "docflow:contract:договор-1");
            default ->
                fact("dcm:closeout:" + random.nextInt(3), random.nextBoolean() ? null : "Closeout Completed", deal);
        };
    }

    /** Tells a statement and says how it was published. */
    private String tell(Statement statement) {
        store.add(List.of(received(statement)));
        List<CommittedMessages.Message> messages = committed.next();
        assertThat(messages).hasSize(1);
        Event event = read(messages.getFirst());
        PublishedRevisions.assertHas(database.jdbc(), List.of(event));
        return event.envelope().type() + " " + event.envelope().sequence() + " "
                + event.data().get("previous_stage") + "->" + event.data().get("stage") + " "
                + (event.data().get("withdrawn").equals(true) ? "withdrawn" : null) + " "
                + event.data().get("direction");
    }

    private Event read(CommittedMessages.Message message) {
        assertThat(message.prefix()).isEqualTo("masterdeal." + database.schema());
        ProducerRecord<byte[], byte[]> record = OutboxRecord.read(message.bytes());
        ConsumerRecord<byte[], byte[]> received =
                new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        return serde.deserialize(received);
    }

    private static ReceivedStatement received(Statement statement) {
        return ReceivedStatement.of(statement, new Provenance("/test", "c-7", null, TRACE, true, "test-0@0"));
    }

    private Fact fact(String subject, @Nullable String status, String... links) {
        return Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey(subject),
                status,
                null,
                START.plusSeconds(60L * ++minutes),
                List.of(links).stream().map(ObjectKey::new).toList(),
                Map.of(),
                null);
    }

    private Statement retraction(Fact fact) {
        return Retraction.of(fact(DEAL, null), List.of(fact.eventId()));
    }
}
