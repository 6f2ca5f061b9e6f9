package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventRules;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.servers.CommittedMessages;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What canonical events say about clocks. */
class SlaEventsTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final RuleSet RULES = RuleSets.load("default");

    private static final String POLICIES = """
            {name: test, version: 1, policies: [
              {policy: offer, title: an offer, start: {holds: briefed}, stop: {stage: {reached: offer_ready}}, target: 10m, warn: [50]},
              {policy: review, per: "legal:case", start: {this: {reached: Legal Started}}, stop: {this: {reached: Legal Approved}},
                target: 1h},
              {policy: whole, start: {stage: {reached: lead_created}}, stop: {stage: {reached: closed}}, target: 1h,
                end_to_end: true}]}
            """;

    private final EventCatalog catalog = EventCatalog.bundled();

    private final EventSerde serde = RunningService.serde();

    private Database database;

    private CommittedMessages committed;

    @BeforeEach
    void make_a_schema() {
        database = Database.create();
        committed = CommittedMessages.from(database);
    }

    @AfterEach
    void let_it_go() {
        committed.close();
        database.close();
    }

    private FactStore at(int minutes) {
        Clock now = Clock.fixed(START.plus(Duration.ofMinutes(minutes)), ZoneOffset.UTC);
        SlaTerms terms = new SlaTerms(
                SlaFiles.policies("policies.yaml", POLICIES, RULES, Map.of()),
                Duration.ofHours(24),
                now,
                SlaTasks.NONE);
        return new FactStore(
                database.dataSource(),
                RULES,
                terms,
                List.of(new CanonicalEvents(catalog, serde, RULES, now)),
                Reactions.NONE,
                new SimpleMeterRegistry());
    }

    @Test
    void an_answer_carries_its_clocks_and_a_statement_says_what_it_is_about() {
        // given
        at(2).add(List.of(
                fact("crm:deal:D", "Deal Created", 0),
                fact("crm:deal:D", "Brief Submitted", 1),
                fact("legal:case:L", "Legal Started", 1, "crm:deal:D")));

        // when
        at(6).settleDue(10);
        List<Event> events = events();

        // then
        assertThat(events)
                .extracting(it -> it.envelope().type() + " " + it.envelope().sequence() + " "
                        + it.data().get("changed"))
                .containsExactly(
                        "masterdeal.created 1 [stage, timeline, objects, sla]",
                        "masterdeal.updated 2 [sla]",
                        "masterdeal.sla.warned 3 []");
        GenericRecord warned = events.getLast().data();
        assertThat(clocks(warned))
                .containsExactly(
                        "offer null running at risk due 11 warned [50]@[6]",
                        "review legal:case:L running due 61 warned []@[]",
                        "whole null running due 60 warned []@[]");
        assertThat(warned.get("sla_total")).isEqualTo(3);
        assertThat(List.of(
                        warned.get("policy"),
                        warned.get("kind"),
                        warned.get("percent"),
                        minutes(warned.get("started_at")),
                        minutes(warned.get("at")),
                        minutes(warned.get("due_at")),
                        warned.get("target"),
                        warned.get("domain"),
                        warned.get("title"),
                        warned.get("final")))
                .containsExactly("offer", "warned", 50, 1L, 6L, 11L, 600_000L, "masterdeal", "an offer", false);
        assertThat(warned.get("object")).isNull();
        assertThat(warned.get("stage")).isEqualTo("briefed");
    }

    @Test
    void a_deal_closed_too_late_has_one_event_in_the_place_of_closed() {
        // given
        at(2).add(List.of(fact("crm:deal:D", "Deal Created", 0)));
        committed.next();

        // when
        at(70).add(List.of(fact("dcm:closeout:C", "Closeout Completed", 65, "crm:deal:D")));
        List<Event> closed = events();
        at(71).add(List.of(fact("dcm:closeout:E", "Closeout Completed", 30, "crm:deal:D")));

        // then
        assertThat(closed).singleElement().satisfies(event -> {
            assertThat(event.envelope().type()).isEqualTo("masterdeal.sla.breached");
            assertThat(event.data().get("final")).isEqualTo(true);
            assertThat(event.data().get("stage")).isEqualTo("closed");
            assertThat(event.data().get("previous_stage")).isEqualTo("lead_created");
            assertThat(event.data().get("direction")).isEqualTo("forward");
        });
        assertThat(events())
                .extracting(it -> it.envelope().type() + " " + it.data().get("stage"))
                .containsExactly(
                        "masterdeal.updated closed", "masterdeal.sla.retracted closed", "masterdeal.closed closed");
    }

    @Test
    void a_deal_of_a_thousand_clocks_keeps_the_open_ones() {
        // given
        List<ReceivedStatement> statements = new ArrayList<>();
        statements.add(fact("crm:deal:D", "Deal Created", 0));
        for (int i = 0; i < 1000; i++) {
            String key = "legal:case:%04d".formatted(i);
            statements.add(fact(key, "Legal Started", 1, "crm:deal:D"));
            if (i % 100 != 99) {
                statements.add(fact(key, "Legal Approved", 2, "crm:deal:D"));
            }
        }

        // when
        at(3).add(statements);
        Event event = events().getLast();

        // then
        assertThat((List<?>) event.data().get("truncated")).asString().contains("sla");
        assertThat(event.data().get("sla_total")).isEqualTo(1001);
        List<String> clocks = clocks(event.data());
        assertThat(clocks)
                .hasSizeBetween(100, 400)
                .filteredOn(it -> it.contains("running"))
                .hasSize(11);
        assertThat(clocks).last().asString().startsWith("whole");
    }

    private List<Event> events() {
        List<Event> events = committed.next().stream().map(this::read).toList();
        EventRules rules = new EventRules(catalog);
        events.forEach(event -> assertThat(rules.check(event)).isEmpty());
        PublishedRevisions.assertHas(database.jdbc(), events);
        return events;
    }

    private Event read(CommittedMessages.Message message) {
        ProducerRecord<byte[], byte[]> record = OutboxRecord.read(message.bytes());
        ConsumerRecord<byte[], byte[]> received =
                new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        return serde.deserialize(received);
    }

    private static List<String> clocks(GenericRecord data) {
        List<String> clocks = new ArrayList<>();
        for (Object each : (List<?>) data.get("sla")) {
            GenericRecord clock = (GenericRecord) each;
            List<Long> warned = ((List<?>) clock.get("warned_at"))
                    .stream().map(SlaEventsTest::minutes).toList();
            clocks.add(clock.get("policy") + " " + clock.get("object") + " " + clock.get("state")
                    + (clock.get("at_risk").equals(true) ? " at risk" : "") + " due " + minutes(clock.get("due_at"))
                    + " warned " + clock.get("warned_percent") + "@" + warned);
        }
        return clocks;
    }

    private static long minutes(@Nullable Object ms) {
        return ms == null
                ? -1
                : Duration.ofMillis((Long) ms - START.toEpochMilli()).toMinutes();
    }

    private static ReceivedStatement fact(String subject, String status, int minutes, String... links) {
        Fact fact = Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey(subject),
                status,
                null,
                START.plus(Duration.ofMinutes(minutes)),
                List.of(links).stream().map(ObjectKey::new).toList(),
                Map.of(),
                null);
        return ReceivedStatement.of(fact, new Provenance("/test", null, null, null, false, "test-0@0"));
    }
}
