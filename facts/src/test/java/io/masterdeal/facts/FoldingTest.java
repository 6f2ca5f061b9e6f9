package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When deals are folded from all their facts, when not, and when later: one case at a time. */
class FoldingTest extends FactStoreCase {

    @Test
    void a_strictly_newest_fact_is_folded_without_reading_the_older_ones() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0), fact("media:mediaplan:M", "Plan Draft", 1, "crm:deal:D"));
        // Reading these rows fails from now on: a link has to be an object key.
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
        assertThat(failures()).isEmpty();
    }

    @Test
    void a_late_fact_is_folded_without_reading_what_lies_long_before_it() {
        // given: many facts, and one dated far ahead, before which all later ones belong
        List<Statement> many = new ArrayList<>(List.of(fact("crm:deal:D", "Deal Created", 0)));
        for (int i = 1; i <= 200; i++) {
            many.add(fact("docflow:contract:K", "Contract Drafted", i, "crm:deal:D"));
        }
        add(many.toArray(Statement[]::new));
        add(fact("crm:deal:D", "Offer Sent", 1_000_000));
        add(fact("crm:deal:D", "Brief Submitted", 300));
        // Reading these rows fails from now on: a link has to be an object key.
        database.jdbc()
                .sql("UPDATE facts SET links = '{unreadable}' WHERE subject LIKE ? AND occurred_at < ?")
                .params("%" + ending, OffsetDateTime.ofInstant(Instant.ofEpochMilli(T + 100 * 60_000L), ZoneOffset.UTC))
                .update();

        // when
        add(
                fact("docflow:contract:K", "Contract Signed", 301),
                fact("media:mediaplan:M", "Plan Ready", 302, "crm:deal:D"));
        add(fact("media:mediaplan:M", "Plan Cancelled", 303));
        add(fact("media:mediaplan:M", "Plan Ready", 1_000_001));

        // then
        assertThat(failures()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void a_deal_that_cannot_be_folded_keeps_its_facts_and_its_answer_and_holds_up_no_other() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0), fact("crm:deal:E", "Deal Created", 0));
        database.jdbc()
                .sql("UPDATE facts SET links = '{unreadable}' WHERE subject LIKE ?")
                .param("crm:deal:D%" + ending)
                .update();

        // when: both have to be folded from all their facts
        add(fact("crm:deal:D", "Brief Submitted", -1), fact("crm:deal:E", "Brief Submitted", -1));

        // then
        assertThat(stages()).containsExactly("lead_created", "briefed");
        assertThat(failures()).singleElement().asString().contains("unreadable");
        assertThat(store.failing()).isEqualTo(1);
        assertThat(store.pending()).isZero();
        assertThat(store.settlePending(10)).isZero();

        // when: a newest fact comes, which would be appended to a state that lacks one
        add(fact("crm:deal:D", "Offer Sent", 5));

        // then
        assertThat(stages()).containsExactly("lead_created", "briefed");

        // when: the row is repaired
        database.jdbc()
                .sql("UPDATE facts SET links = '{}' WHERE subject LIKE ?")
                .param("crm:deal:D%" + ending)
                .update();
        store.refold();
        while (store.settlePending(100) > 0) {
            Thread.onSpinWait();
        }

        // then
        assertAsTheModelSays();
        assertThat(store.failing()).isZero();
    }

    private List<String> stages() {
        return database.jdbc()
                .sql("SELECT stage FROM deals WHERE root_key LIKE ? ORDER BY root_key")
                .param("%" + ending)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> failures() {
        return database.jdbc()
                .sql("SELECT failure FROM pending_folds WHERE failure IS NOT NULL")
                .query((row, _) -> row.getString(1))
                .list();
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
    void a_state_of_another_rule_set_is_not_continued() {
        // given: without a legal case the contract counts under one rule set only
        add(fact("crm:deal:D", "Deal Created", 0), fact("docflow:contract:K", "Contract Signed", 1, "crm:deal:D"));
        RuleSet strict = RuleSets.load("strict-table");
        Fact newest = fact("crm:deal:D", "Brief Submitted", 2);
        told.add(newest);

        // when
        FactStoreModelTest.store(database, strict).add(Histories.received(List.of(newest)));

        // then
        new StoredAnswers(database, strict).areThoseOf(new FactSet().addAll(told), ending, "this test, strict");
    }

    @Test
    void a_link_between_two_objects_of_one_deal_may_change_its_stage() {
        // given: the case counts for every contract, because it reaches none
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
    void an_object_in_very_many_deals_marks_them_and_they_are_folded_in_chunks() {
        // given
        List<Statement> many = new ArrayList<>();
        for (int i = 0; i < AffectedDeals.WIDE + 20; i++) {
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
        assertThat(waiting).isEqualTo(AffectedDeals.WIDE + 18);
        assertThat(chunk).isEqualTo(100);
        assertAsTheModelSays();

        // when
        add(retraction((Fact) told.get(told.size() - 4)));
        FactStoreModelTest.settle(store);

        // then
        assertAsTheModelSays();
    }

    @Test
    void a_fact_that_names_very_many_deals_marks_them_and_they_are_folded_in_chunks() {
        // given: of one of them only the id is known, and it has a fact
        Fact early = fact("legal:case:L", "Legal Approved", 1);
        UUID known = MasterDealId.of(new ObjectKey("crm:deal:D3" + ending)).value();
        add(named(early, known));
        String[] deals = new String[AffectedDeals.WIDE + 1];
        for (int i = 0; i < deals.length; i++) {
            deals[i] = "crm:deal:D" + i;
        }

        // when
        add(fact("docflow:contract:FRAME", "Contract Signed", 2, deals));
        long waiting = store.pending();
        FactStoreModelTest.settle(store);

        // then
        assertThat(waiting).isEqualTo(deals.length);
        assertAsTheModelSays();

        // when
        add(retraction((Fact) told.getLast()));
        FactStoreModelTest.settle(store);

        // then
        assertAsTheModelSays();
    }

    @Test
    void a_mark_that_another_transaction_needs_is_not_taken_from_under_it() throws Exception {
        // given: very many deals wait to be folded, and a transaction that adds to them has not committed
        List<Statement> many = new ArrayList<>();
        for (int i = 0; i < AffectedDeals.WIDE + 1; i++) {
            many.add(fact("docflow:contract:FRAME", null, i, "crm:deal:D" + i));
        }
        add(many.toArray(Statement[]::new));
        add(fact("docflow:contract:FRAME", "Contract Signed", 6000));
        assertThat(store.pending()).isEqualTo(AffectedDeals.WIDE + 1);
        Fact added = fact("docflow:contract:FRAME", "Act Completed", 6001);
        told.add(added);
        Gates gates = new Gates(database.dataSource());
        FactStore other = new FactStore(gates, RULES, List.of(), Reactions.NONE, new SimpleMeterRegistry());
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
    void damaged_caches_are_rebuilt_from_the_facts() {
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
                // The number of facts, which the state begins with behind its format.
                "UPDATE deals SET state = set_byte(state, 4, 99) WHERE root_key LIKE '%ENDING'",
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
        new StoredAnswers(database, RULES).haveConflicts(Map.of());
    }
}
