package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.role.database.Readers;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.query.DealQueries.Detail;
import io.masterdeal.service.query.DealQueries.Filter;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a question costs does not grow with what is stored: no table is read whole, and only few pages are touched. */
class QueryPlansTest {

    /** An index that is walked from end to end has more. */
    private static final long FEW_PAGES = 300;

    private static Database database;

    private static Plans plans;

    private static DealQueries deals;

    private static FactQueries facts;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.load(database);
        plans = new Plans(database);
        Readers readers = Readers.over(plans.watched());
        deals = new DealQueries(readers, RuleSets.load("default"));
        facts = new FactQueries(readers, Clock.systemUTC(), RuleSets.load("default"));
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void forget() {
        plans.forget();
    }

    @ParameterizedTest(name = "stage {0}, outcome {1}, object {2}, after {3}: {4}")
    @CsvSource({
        ", , , , 101",
        ", , , crm:deal:5000, 101",
        "stage3, , , , 101",
        "stage3, , , crm:deal:5000, 101",
        "no-such-stage, , , , 0",
        ", lost, , , 101",
        ", lost, , crm:deal:5000, 101",
        "stage6, won, , , 101",
        "stage3, won, , , 0",
        ", , media:mediaplan:7777, , 1",
        ", , docflow:contract:FRAME, , 20",
        ", , docflow:contract:FRAME, crm:deal:2, 8",
        "stage3, , docflow:contract:FRAME, , 3",
        ", , crm:deal:7777, , 1",
        ", , nothing:at:all, , 0"
    })
    void deals_by_page(
            @Nullable String stage,
            @Nullable String outcome,
            @Nullable String object,
            @Nullable String after,
            int expected) {
        List<DealView> found = deals.list(new Filter(stage, outcome, object, after), 101, Detail.BRIEF);

        assertThat(found).hasSize(expected);
        assertCheap();
    }

    @Test
    void a_deal_by_the_key_of_any_object_costs_about_what_it_costs_by_id() {
        // when
        String hash = database.jdbc()
                .sql("SELECT md5('deal7777')::uuid::text")
                .query((row, _) -> row.getString(1))
                .single();
        assertThat(deals.find(hash, 21)).hasSize(1);
        long byId = plans.pages();
        plans.forget();
        assertThat(deals.find("media:mediaplan:7777", 21)).hasSize(1);
        long byObject = plans.pages();
        assertCheap();
        plans.forget();
        assertThat(deals.find("crm:deal:7777", 21)).hasSize(1);
        long byRoot = plans.pages();
        assertCheap();

        // then: three more look-ups in indexes of a few levels
        assertThat(byId).isBetween(2L, 8L);
        assertThat(byObject).isLessThan(byId + 20);
        assertThat(byRoot).isLessThan(byId + 20);
    }

    @Test
    void facts_conflicts_and_orphans() {
        String event = database.jdbc()
                .sql("SELECT md5('fact7777')::uuid::text")
                .query((row, _) -> row.getString(1))
                .single();
        assertThat(facts.find(UUID.fromString(event))).hasSize(1);
        assertCheap();
        assertThat(facts.waitingFactsOf("media:mediaplan:orphan77")).isEqualTo(1);
        assertThat(facts.orphans(null, 101)).hasSize(101);
        assertThat(facts.orphans("media:mediaplan:orphan2", 101)).hasSize(101);
        assertCheap();
        assertThat(facts.conflicts(null, 101)).hasSize(101);
        assertThat(facts.conflicts(new UUID(0x7000_0000_0000_0000L, 0), 101)).hasSize(101);
        assertCheap();
    }

    @Test
    void the_summary() {
        database.jdbc()
                .sql("INSERT INTO counts (what, part, amount) SELECT 'deals', 'open:stage' || i % 7, 1"
                        + " FROM generate_series(1, 70) AS i")
                .update();

        assertThat(facts.summary().deals()).isEqualTo(70);
        assertThat(facts.summary().stages()).containsEntry("stage3", 10L).containsEntry("closed", 0L);
        assertCheap();
    }

    private static void assertCheap() {
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(FEW_PAGES);
    }
}
