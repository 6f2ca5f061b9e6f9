package io.masterdeal.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.service.rules.RuleSets;
import io.masterdeal.service.servers.CommittedMessages;
import io.masterdeal.service.servers.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store does and does not do, one case at a time. */
class FactStoreTest {

    private static final RuleSet RULES = RuleSets.load("default");

    private static final long T = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private static Database database;

    private static CommittedMessages committed;

    private static int tests;

    private final List<Statement> told = new ArrayList<>();

    private FactStore store;

    private String ending = "";

    @BeforeAll
    static void make_a_schema() {
        database = Database.create();
        committed = CommittedMessages.from(database);
    }

    @AfterAll
    static void let_it_go() {
        committed.close();
        database.close();
    }

    @BeforeEach
    void start_from_nothing() {
        ending = "~t" + tests++;
        store = new FactStore(
                database.dataSource(),
                RULES,
                change -> "%s revision %d %s->%s %s%s causes %d"
                        .formatted(
                                change.root(),
                                change.revision(),
                                change.before().stage(),
                                change.now().stage(),
                                change.changed(),
                                change.snapshot() ? " snapshot" : "",
                                change.causes().size()),
                new SimpleMeterRegistry());
        database.clear();
        committed.next();
    }

    @Test
    void the_same_statements_again_change_and_publish_nothing() {
        // given
        Fact created = fact("crm:deal:D", "Deal Created", 0);
        BatchReport first = add(created, created);
        List<String> published = published();

        // when
        BatchReport again = add(created);

        // then
        assertThat(first).isEqualTo(new BatchReport(1, 1, 0, 1));
        assertThat(published)
                .containsExactly("crm:deal:D" + ending
                        + " revision 1 none->lead_created [known, stage, timeline, objects] causes 1");
        assertThat(again).isEqualTo(new BatchReport(0, 1, 0, 0));
        assertThat(published()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void a_fact_that_changes_no_answer_is_kept_and_not_published() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0));
        published();

        // when
        BatchReport report = add(fact("crm:deal:D", null, 5));

        // then
        assertThat(report).isEqualTo(new BatchReport(1, 0, 0, 0));
        assertThat(published()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void a_batch_gives_one_revision_a_deal() {
        // when
        add(
                fact("crm:deal:D", "Deal Created", 0),
                fact("crm:deal:D", "Brief Submitted", 1),
                fact("media:mediaplan:M", "Plan Ready", 2, "crm:deal:D"),
                fact("crm:deal:E", "Deal Created", 3));

        // then
        assertThat(published())
                .containsExactlyInAnyOrder(
                        "crm:deal:D" + ending
                                + " revision 1 none->offer_ready [known, stage, timeline, objects] causes 3",
                        "crm:deal:E" + ending
                                + " revision 1 none->lead_created [known, stage, timeline, objects] causes 1");
        assertAsTheModelSays();
    }

    @Test
    void a_strictly_newest_fact_is_folded_without_reading_the_older_ones() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0), fact("media:mediaplan:M", "Plan Draft", 1, "crm:deal:D"));
        // Whoever reads these rows from now on fails: a link has to be an object key.
        database.jdbc()
                .sql("UPDATE facts SET links = '{unreadable}' WHERE subject LIKE ?")
                .param("%" + ending)
                .update();

        // when
        add(fact("crm:deal:D", "Brief Submitted", 2));
        add(fact("media:mediaplan:M", "Plan Ready", 3), fact("crm:deal:D", "Offer Sent", 4));
        add(fact("crm:deal:D", "Deal Lost", 5));

        // then
        assertAsTheModelSays();
        Fact late = fact("crm:deal:D", "Deal Created", -1);
        assertThatThrownBy(() -> store.add(Histories.received(List.of(late))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unreadable");
    }

    @Test
    void facts_as_old_as_the_newest_or_with_new_links_are_folded_with_all_others() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0), fact("docflow:contract:K", "Contract Signed", 1, "crm:deal:D"));

        // when
        add(fact("crm:deal:D", "Brief Submitted", 1));
        add(fact("legal:case:L", "Legal Approved", 2, "crm:deal:D"));
        add(fact("legal:case:L", null, 3, "docflow:contract:K"));
        add(fact("legal:case:X", "Legal Started", 4, "docflow:contract:K"));

        // then
        assertAsTheModelSays();
    }

    @Test
    void a_link_between_two_objects_of_one_deal_may_change_its_stage() {
        // given: the case bears on every contract, for it reaches none
        add(
                fact("crm:deal:D", "Deal Created", 0),
                fact("docflow:contract:K", "Contract Signed", 1, "crm:deal:D"),
                fact("docflow:contract:K2", "Contract Drafted", 1, "crm:deal:D"),
                fact("legal:case:L", "Legal Approved", 2, "crm:deal:D"));
        assertAsTheModelSays();

        // when: it bears on the other one alone
        Fact link = fact("legal:case:L", null, 3, "docflow:contract:K2");
        add(link);

        // then
        assertAsTheModelSays();

        // when
        add(retraction(link));

        // then
        assertAsTheModelSays();
    }

    @Test
    void a_deal_whose_last_fact_is_taken_back_is_withdrawn_and_may_come_again() {
        // given
        Fact created = fact("crm:deal:D", "Deal Created", 0);
        add(created);
        published();

        // when
        add(retraction(created));

        // then
        assertThat(published())
                .containsExactly("crm:deal:D" + ending
                        + " revision 2 lead_created->none [known, stage, timeline, objects] causes 1");
        assertAsTheModelSays();

        // when
        add(created, fact("crm:deal:D", "Brief Submitted", 1));

        // then
        assertThat(published())
                .containsExactly("crm:deal:D" + ending
                        + " revision 3 none->briefed [known, stage, gaps, timeline, objects] causes 1");
        assertAsTheModelSays();
    }

    @Test
    void what_is_published_anew_is_a_snapshot_with_the_next_revision() {
        // given
        Fact wrong = fact("crm:deal:W", "Deal Created", 0);
        add(fact("crm:deal:D", "Deal Created", 0), wrong);
        add(retraction(wrong));
        published();

        // when
        store.republish();
        store.republish();
        FactStoreModelTest.settle(store);

        // then
        // The deal that was withdrawn is told too: who missed its withdrawal would keep it for ever.
        assertThat(published())
                .containsExactlyInAnyOrder(
                        "crm:deal:D" + ending + " revision 2 lead_created->lead_created [] snapshot causes 0",
                        "crm:deal:W" + ending + " revision 3 none->none [] snapshot causes 0");
        FactStoreModelTest.settle(store);
        assertThat(published()).isEmpty();
    }

    @Test
    void an_object_in_very_many_deals_marks_them_and_they_are_folded_in_chunks() {
        // given
        List<Statement> many = new ArrayList<>();
        for (int i = 0; i < Batch.WIDE + 20; i++) {
            many.add(fact("crm:deal:D" + i, "Deal Created", 0));
            many.add(fact("docflow:contract:FRAME", null, i, "crm:deal:D" + i));
        }
        add(many.toArray(Statement[]::new));
        add(fact("legal:case:L", "Legal Approved", 5000, "docflow:contract:FRAME"));
        FactStoreModelTest.settle(store);
        assertAsTheModelSays();
        published();

        // when: one of them gets a fact of its own, before and after
        add(
                fact("docflow:contract:FRAME", "Contract Signed", 6000),
                fact("crm:deal:D7", "Brief Submitted", 6001),
                fact("docflow:contract:ALONE", "Contract Signed", 6002, "crm:deal:D8"));
        long waiting = store.pending();
        add(fact("crm:deal:D9", "Brief Submitted", 6003));
        int chunk = store.settlePending(100);
        FactStoreModelTest.settle(store);

        // then
        assertThat(waiting).isEqualTo(Batch.WIDE + 18);
        assertThat(chunk).isEqualTo(100);
        assertAsTheModelSays();

        // when
        add(retraction((Fact) told.get(told.size() - 4)));
        FactStoreModelTest.settle(store);

        // then
        assertAsTheModelSays();
    }

    @Test
    void a_mark_that_another_transaction_needs_is_not_taken_from_under_it() throws Exception {
        // given: very many deals wait to be folded, and a transaction that adds to them has not committed
        List<Statement> many = new ArrayList<>();
        for (int i = 0; i < Batch.WIDE + 1; i++) {
            many.add(fact("docflow:contract:FRAME", null, i, "crm:deal:D" + i));
        }
        add(many.toArray(Statement[]::new));
        add(fact("docflow:contract:FRAME", "Contract Signed", 6000));
        assertThat(store.pending()).isEqualTo(Batch.WIDE + 1);
        Fact added = fact("docflow:contract:FRAME", "Act Completed", 6001);
        told.add(added);
        Gates gates = new Gates(database.dataSource());
        FactStore other = new FactStore(gates, RULES, _ -> "", new SimpleMeterRegistry());
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BatchReport> adding = thread.submit(() -> other.add(Histories.received(List.of(added))));
            for (int step = 1; step < Gates.STEPS; step++) {
                await().atMost(Duration.ofMinutes(1)).until(gates::isHalted);
                gates.letOn();
            }
            await().atMost(Duration.ofMinutes(1)).until(gates::isHalted);

            // when
            store.settlePending(1000);
            gates.letOn();
            adding.get();
        }
        FactStoreModelTest.settle(store);

        // then
        assertAsTheModelSays();
    }

    @Test
    void a_deal_named_twice_by_id_or_link_stays_while_one_naming_stands() {
        // given
        UUID deal = MasterDealId.of(new ObjectKey("crm:deal:D" + ending)).value();
        Fact named = fact("docflow:contract:K", null, 1);
        Fact byId = named(named, deal);
        Fact again = named(fact("docflow:contract:K", "Contract Signed", 2), deal);
        Fact linked = fact("crm:deal:E", "Deal Created", 3, "crm:deal:D");
        add(byId, again, linked);
        assertAsTheModelSays();

        // when
        add(retraction(byId));

        // then
        assertAsTheModelSays();

        // when: only the link of another deal named it
        add(retraction(linked));

        // then
        assertAsTheModelSays();
        assertThat(database.jdbc()
                        .sql("SELECT known FROM deals WHERE id = ?")
                        .param(deal)
                        .query(Boolean.class)
                        .single())
                .isFalse();

        // when
        add(fact("crm:deal:D", "Deal Created", 4), retraction(again));

        // then
        assertAsTheModelSays();
    }

    private static Fact named(Fact fact, UUID deal) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                fact.attributes(),
                deal);
    }

    @Test
    void what_postgresql_refuses_is_told_apart_from_what_may_pass_later() {
        // given
        Fact nul = fact("crm:deal:D", "Deal\0Created", 0);
        Fact beforeTime = Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey("crm:deal:D" + ending),
                null,
                null,
                Instant.parse("0000-01-01T00:00:00Z"),
                List.of(),
                Map.of(),
                null);

        for (Fact bad : List.of(nul, beforeTime)) {
            // when
            List<ReceivedStatement> batch = Histories.received(List.of(bad, fact("crm:deal:D", "Deal Created", 0)));

            // then
            assertThatThrownBy(() -> store.add(batch))
                    .asInstanceOf(type(StoreException.class))
                    .matches(StoreException::isRefused, "is refused");
        }
        told.clear();
        assertAsTheModelSays();
    }

    @Test
    void damaged_caches_are_made_anew_from_the_facts() {
        // given
        Fact wrong = fact("docflow:contract:K", "Contract Signed", 1, "crm:deal:E");
        add(
                fact("crm:deal:D", "Deal Created", 0),
                fact("crm:deal:D", "Brief Submitted", 0),
                fact("docflow:contract:K", "Contract Signed", 1, "crm:deal:D"),
                fact("legal:case:L", "Legal Approved", 2, "docflow:contract:K"),
                wrong);
        add(retraction(wrong));
        assertAsTheModelSays();

        // when
        for (String damage : List.of(
                "UPDATE deals SET stage = 'closed', known = true WHERE root_key LIKE '%ENDING'",
                "UPDATE deals SET state = state || '{\"facts\": 99}' WHERE root_key LIKE '%ENDING'",
                "UPDATE facts SET retracted = NOT retracted WHERE subject LIKE '%ENDING'",
                "DELETE FROM links WHERE child LIKE '%ENDING'",
                "INSERT INTO placements SELECT 'legal:case:STRANGER', id FROM deals WHERE root_key LIKE '%ENDING'",
                "DELETE FROM placements WHERE object_key LIKE 'legal:%ENDING'",
                "DELETE FROM objects WHERE key LIKE '%ENDING'",
                "UPDATE event_ids SET retracted_by = '{}', conflict = true")) {
            database.jdbc().sql(damage.replace("ENDING", ending)).update();
        }
        store.rebuild();
        FactStoreModelTest.settle(store);

        // then
        assertAsTheModelSays();
        new StoredAnswers(database).haveConflicts(Map.of());
    }

    private Fact fact(String subject, @Nullable String status, int minutes, String... links) {
        String[] ended = List.of(links).stream().map(link -> link + ending).toArray(String[]::new);
        return Histories.fact(UUID.randomUUID(), subject + ending, status, T + minutes * 60_000L, ended);
    }

    private static Statement retraction(Fact fact) {
        return Histories.retraction(UUID.randomUUID(), fact.eventId());
    }

    private BatchReport add(Statement... statements) {
        told.addAll(List.of(statements));
        return store.add(Histories.received(List.of(statements)));
    }

    private static List<String> published() {
        return committed.next().stream().map(CommittedMessages.Message::content).toList();
    }

    private void assertAsTheModelSays() {
        new StoredAnswers(database).areThoseOf(new FactSet().addAll(told).answer(RULES), ending, "this test");
    }
}
