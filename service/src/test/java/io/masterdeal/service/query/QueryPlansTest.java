package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.KnownFacts.Knowledge;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.DealQueries.Detail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
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

    /** Of each row of one index that is walked, a row of another table. */
    private static final long PAGES_OF_A_SEARCH = 5L * BoundedSearch.MOST;

    private static Database database;

    private static Plans plans;

    private static DealQueries deals;

    private static DealLists lists;

    private static FactQueries facts;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.load(database);
        database.jdbc()
                .sql("INSERT INTO counts (what, part, amount) SELECT 'deals', outcome || ':' || stage, count(*)"
                        + " FROM deals GROUP BY outcome, stage")
                .update();
        plans = new Plans(database);
        Readers readers = Readers.over(plans.watched());
        deals = new DealQueries(readers, RuleSets.load("default"));
        lists = new DealLists(readers, deals, RuleSets.load("default"));
        facts = new FactQueries(readers, RuleSets.load("default"));
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
        ", , , , 100",
        ", , , crm:deal:5000, 100",
        "stage3, , , , 100",
        "stage3, , , crm:deal:5000, 100",
        "no-such-stage, , , , 0",
        ", lost, , , 100",
        ", lost, , crm:deal:5000, 100",
        "closed, won, , , 100",
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
        WantedDeals filter = new WantedDeals(stage, outcome, object, FieldFilter.ANY, null, false, null, null);
        DealPlace place = after == null ? null : new DealPlace(List.of(after));
        Found<DealView> found = lists.list(filter, DealOrder.BY_ROOT, place, 100, Detail.BRIEF);

        assertThat(found.items()).hasSize(expected);
        assertCheap();
    }

    @ParameterizedTest(
            name = "stage {0}, outcome {1}, client {2}, manager {3}, product {4}, region {5}, gap {6}, {7}, sort {8}")
    @CsvSource({
        ", , client 7, , , , , , root",
        ", , one deal, , , , , , -root",
        ", , nobody, , , , , , root",
        "stage3, lost, client 7, , , , , , root",
        ", , client 7, manager 3, product 1, region 2, , , root",
        ", , , manager 3, , , , , root",
        ", , , , product 1, , , , -root",
        ", , , , , region 2, , , root",
        ", , , , , nowhere, , , root",
        "stage3, open, , , product 1, region 2, , , root",
        ", , , , , , stage1, , root",
        ", , , , , , stage2, , -root",
        ", , , , , , , contradictory, root",
        ", , , , , , , contradictory, amount",
        "stage3, , , , , , , , stage_since",
        ", , , , , , , , -stage_since",
        ", open, , , , , , , stage_since",
        ", , client 7, , , , , , stage_since",
        ", , one deal, , , , , , updated",
        ", , one deal, , , , , , amount",
        ", , , , , , , stuck, stage_since",
        ", , , , , , , stuck, root",
        "stage3, , , , , , , stuck, stage_since",
        "stage3, , , , , , stage2, stuck, -stage_since",
        ", , , , , , , , amount",
        ", lost, , manager 3, , , , , -amount",
        ", , , , , , , , updated",
        ", , , , , , , updated, -updated",
        ", , , , product 1, , , updated, updated",
        ", , , , , , , updated, root",
        "stage3, , , , , , stage2, updated, root"
    })
    void deals_by_what_they_are(
            @Nullable String stage,
            @Nullable String outcome,
            @Nullable String client,
            @Nullable String manager,
            @Nullable String product,
            @Nullable String region,
            @Nullable String gap,
            @Nullable String which,
            String sort) {
        WantedDeals filter = new WantedDeals(
                stage,
                outcome,
                null,
                new FieldFilter(client, manager, product, region, null),
                gap,
                "contradictory".equals(which),
                "stuck".equals(which) ? Instant.parse("2026-01-20T00:00:00Z") : null,
                "updated".equals(which) ? Instant.parse("2026-08-05T00:00:00Z") : null);
        DealOrder order = DealOrder.read(sort, DealOrder.BY_ROOT);

        Found<DealView> first = lists.list(filter, order, null, 100, Detail.BRIEF);
        assertCheap(PAGES_OF_A_SEARCH);
        if (first.next() != null) {
            plans.forget();
            DealPlace place = DealPlace.read(Page.until(List.of(), first.next()).next(), order);
            lists.list(filter, order, place, 100, Detail.BRIEF);
            assertCheap(PAGES_OF_A_SEARCH);
        }
    }

    @Test
    void deals_that_are_named() {
        Map<UUID, DealView> found = lists.byIds(
                Set.copyOf(database.jdbc()
                        .sql("SELECT md5('deal' || i)::uuid FROM generate_series(1, 100) AS i")
                        .query(UUID.class)
                        .list()),
                Detail.BRIEF);

        assertThat(found).hasSize(100);
        assertCheap(600);
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
    void counts_by_stage_and_outcome_are_kept() {
        DealCounts counts = new DealCounts(Readers.over(plans.watched()));
        DealCounts.Filter all = new DealCounts.Filter(null, null, FieldFilter.ANY);

        assertThat(counts.count(List.of(CountDimension.STAGE, CountDimension.OUTCOME), all, false))
                .extracting(DealCounts.Sum::deals)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .hasSizeBetween(12, 21);
        assertCheap(30);
    }

    @Test
    void counts_by_fields_read_the_narrow_table_of_fields_once() {
        DealCounts counts = new DealCounts(Readers.over(plans.watched()));
        DealCounts.Filter all = new DealCounts.Filter(null, null, FieldFilter.ANY);

        assertThat(counts.count(List.of(CountDimension.CLIENT, CountDimension.MANAGER), all, true))
                .isNotEmpty();
        assertThat(plans.readWhole()).containsExactly("deal_fields");
        assertThat(plans.pages()).isLessThan(ManyDeals.COUNT / 50);
    }

    @Test
    void facts_and_conflicts() {
        String event = database.jdbc()
                .sql("SELECT md5('fact7777')::uuid::text")
                .query((row, _) -> row.getString(1))
                .single();
        assertThat(facts.find(UUID.fromString(event))).hasSize(1);
        assertCheap();
        assertThat(facts.waitingFactsOf("media:mediaplan:orphan77")).isEqualTo(1);
        // Another test may have linked it to its deal, by a second fact.
        assertThat(facts.of("media:mediaplan:7777", 100)).hasSizeBetween(1, 2);
        assertCheap();
        assertThat(facts.conflicts(null, 101)).hasSize(101);
        assertThat(facts.conflicts(new UUID(0x7000_0000_0000_0000L, 0), 101)).hasSize(101);
        assertCheap();
    }

    @Test
    void what_a_deal_waits_for() {
        // given
        Readers readers = Readers.over(plans.watched());
        WhyQueries why = new WhyQueries(readers);
        List<UUID> events = database.jdbc()
                .sql("SELECT md5('fact' || i)::uuid FROM generate_series(1, 100) AS i")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
        List<ObjectKey> plansOfDeals = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> new ObjectKey("media:mediaplan:" + i))
                .toList();
        UUID id = database.jdbc()
                .sql("SELECT md5('deal7777')::uuid")
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();

        // then
        assertThat(why.deal(id).root()).isEqualTo(new ObjectKey("crm:deal:7777"));
        assertThat(why.openClocks("crm:deal:7777", 50)).isEmpty();
        assertCheap();
        plans.forget();
        assertThat(why.evidence(events, plansOfDeals)).hasSize(100);
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("some pages a fact: %s", plans).isLessThan(10 * 100);
    }

    @Test
    void the_summary() {
        assertThat(facts.summary().deals()).isEqualTo(ManyDeals.COUNT);
        assertThat(facts.summary().stages())
                .containsEntry("stage3", (ManyDeals.COUNT + 3L) / 7)
                .containsEntry("briefed", 0L);
        assertCheap();
    }

    @ParameterizedTest(name = "deal {0}, known one hour after its facts: {1} facts")
    @CsvSource({"7777, 2", "7770, 2"})
    void what_was_known_earlier(int deal, int expected) {
        // given: links of which each tenth is taken back two hours later
        linkPlansToDeals();
        Readers readers = Readers.over(plans.watched());
        RestoredReads restored = new RestoredReads(readers);
        AsOfQueries asOf = new AsOfQueries(readers, restored, 20_000);
        LearnedQueries learned = new LearnedQueries(readers, asOf, restored);
        Instant hence = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        Instant later = hence.plus(2, ChronoUnit.HOURS);
        plans.forget();

        // when
        ObjectKey root = asOf.only("media:mediaplan:" + deal, Knowledge.at(hence));

        // then
        assertThat(root).isEqualTo(new ObjectKey("crm:deal:" + deal));
        assertCheap();
        plans.forget();
        var believed = asOf.believed(root, Knowledge.at(hence), RuleSets.load("default"));
        assertThat(Objects.requireNonNull(believed).deal().facts()).isEqualTo(expected);
        assertCheap();
        plans.forget();
        assertThat(learned.between(root, hence, later, null, 100).items()).hasSize(deal % 10 == 0 ? 1 : 0);
        assertThat(asOf.believed(root, Knowledge.at(later), RuleSets.load("default")) == null)
                .isEqualTo(deal % 10 == 0);
        assertCheap();
    }

    private static void linkPlansToDeals() {
        if (database.jdbc().sql("SELECT count(*) FROM links").query(Long.class).single() > 0) {
            return;
        }
        for (String statement : List.of(
                "INSERT INTO links (child, parent, followed) SELECT 'media:mediaplan:' || i, 'crm:deal:' || i, true"
                        + " FROM generate_series(1, COUNT) AS i WHERE i % 10 > 0",
                "INSERT INTO deal_references (child, deal_id) SELECT 'media:mediaplan:' || i, md5('other' || i % 1000)::uuid"
                        + " FROM generate_series(1, COUNT) AS i",
                "INSERT INTO facts (event_id, content_hash, type, subject, occurred_at, links, attributes, retracted, source,"
                        + " replayed, origin, master_deal_id)"
                        + " SELECT md5('linked' || i)::uuid, '\\x00', 'media.mediaplan.ready', 'media:mediaplan:' || i, now(),"
                        + " ARRAY['crm:deal:' || i], '{}', i % 10 = 0, 'test', false, 'nowhere', md5('other' || i % 1000)::uuid"
                        + " FROM generate_series(1, COUNT) AS i",
                "INSERT INTO retractions (event_id, content_hash, content, retracts, domain, source, origin, received_at)"
                        + " SELECT md5('taken back' || i)::uuid, '\\x00', '', ARRAY[md5('linked' || i)::uuid], 'media', 'test',"
                        + " 'nowhere', now() + interval '2 hours' FROM generate_series(1, COUNT) AS i WHERE i % 10 = 0")) {
            database.jdbc()
                    .sql(statement.replace("COUNT", Integer.toString(ManyDeals.COUNT)))
                    .update();
        }
        database.jdbc()
                .sql("VACUUM ANALYZE links, deal_references, facts, retractions")
                .update();
    }

    private static void assertCheap() {
        assertCheap(FEW_PAGES);
    }

    private static void assertCheap(long pages) {
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(pages);
    }
}
