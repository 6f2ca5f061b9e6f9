package io.masterdeal.service.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.role.database.Readers;
import io.masterdeal.service.orphans.OrphanCandidates.CandidateView;
import io.masterdeal.service.orphans.OrphanFilter.Wanted;
import io.masterdeal.service.query.BoundedSearch;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.FactView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked about orphans costs as much with a million of objects as with few. */
class OrphanPlansTest {

    private static final long FEW_PAGES = 300;

    /** Of a search that looks at {@link BoundedSearch#MOST} rows, each perhaps on a page of its own. */
    private static final long BOUNDED_PAGES = BoundedSearch.MOST + FEW_PAGES;

    /** So many that no plan reads them whole because they are few. */
    private static final int ORPHANS = Math.max(40_000, ManyDeals.COUNT / 4);

    private static final Clock CLOCK = Clock.systemUTC();

    private static Database database;

    private static Plans plans;

    private static OrphanQueries orphans;

    private static OrphanCandidates candidates;

    private static OrphanMeters meters;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.load(database);
        database.jdbc()
                .sql("UPDATE facts SET correlation_id = 'c-' || subject WHERE subject <= 'media:mediaplan:7'")
                .update();
        database.jdbc().sql("""
                        INSERT INTO orphans (key, facts, since, reason, parent, dismissed)
                        SELECT 'media:mediaplan:orphan' || i, 1, now() - i * interval '1 minute',
                            CASE WHEN i % 100 = 0 THEN 'link_retracted' ELSE 'unknown_parent' END, 'crm:lead:' || i, i % 50 = 7
                        FROM generate_series(? + 1, ?) AS i
                        """).params(ManyDeals.COUNT / 4, ORPHANS).update();
        database.jdbc().sql("VACUUM ANALYZE facts, orphans").update();
        plans = new Plans(database);
        Readers readers = Readers.over(plans.watched());
        orphans = new OrphanQueries(readers, CLOCK);
        candidates = new OrphanCandidates(readers);
        meters = new OrphanMeters(readers, EventCatalog.bundled(), CLOCK);
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void forget() {
        plans.forget();
    }

    @ParameterizedTest(name = "system {0}, kind {1}, reason {2}, older than {3}, dismissed {4}, by {5}")
    @CsvSource({
        ", , , , false, key, 100",
        ", , , , all, key, 100",
        "media, , , , false, key, 100",
        "legal, , , , false, key, 0",
        ", media:mediaplan, , , false, key, 100",
        ", , , , false, age, 100",
        "media, , , , false, age, 100",
        "legal, , , , false, age, 0",
        ", , link_retracted, , false, age, 20",
        ", , unknown_parent, PT10H, false, age, 100",
        "media, media:mediaplan, unknown_parent, PT10H, false, age, 100",
        ", , , PT10H, false, age, 100",
        ", , , , true, age, 40",
        ", , no_root, , true, age, 0"
    })
    void a_page(
            @Nullable String system,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String olderThan,
            String dismissed,
            String sort,
            int atLeast) {
        OrphanFilter filter = filter(system, kind, reason, olderThan, dismissed, sort);

        Found<OrphanView> first = orphans.list(filter, null, 100);

        assertThat(first.items()).hasSizeGreaterThanOrEqualTo(atLeast).hasSizeLessThanOrEqualTo(100);
        assertCheap(BOUNDED_PAGES);
        plans.forget();
        if (first.next() != null) {
            assertThat(orphans.list(filter, first.next(), 100).items()).doesNotContainAnyElementsOf(first.items());
            assertCheap(BOUNDED_PAGES);
        }
    }

    @Test
    void a_table_of_rare_ones_ends_before_all_are_looked_at() {
        Found<OrphanView> table = orphans.table(filter("media", null, "no_root", null, "false", "key"), null);

        assertThat(table.items()).isEmpty();
        assertThat(table.next()).isNotNull();
        assertCheap(OrphanQueries.MOST_SEARCHES * BOUNDED_PAGES);
    }

    @ParameterizedTest
    @CsvSource({"key, false", "age, false", "key, all"})
    void pages_show_each_orphan_once(String sort, String dismissed) {
        OrphanFilter filter = filter("media", null, "link_retracted", null, dismissed, sort);
        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            Found<OrphanView> page = orphans.list(filter, next, 97);
            page.items().forEach(it -> seen.add(it.object()));
            next = page.next();
        } while (next != null);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(database.jdbc()
                        .sql(
                                "SELECT key FROM orphans WHERE reason = 'link_retracted' AND (? = 'all' OR dismissed::text = ?)")
                        .params(dismissed, dismissed)
                        .query(String.class)
                        .list());
    }

    @Test
    void the_detail_and_the_numbers() {
        assertThat(orphans.find("media:mediaplan:orphan77")).isPresent();
        assertThat(orphans.dismissal("media:mediaplan:orphan77")).isEmpty();
        assertThat(orphans.isKnown("media:mediaplan:77")).isTrue();
        assertThat(orphans.isKnown("media:mediaplan:none")).isFalse();
        assertThat(orphans.isLinked("media:mediaplan:77", "crm:deal:77")).isFalse();
        assertThat(orphans.linksByOperators("media:mediaplan:77")).isEmpty();
        assertThat(orphans.dealsOf("docflow:contract:FRAME")).hasSize(20);
        assertThat(orphans.counts()).isEmpty();
        assertCheap(FEW_PAGES);
    }

    @Test
    void the_metrics() {
        Map<String, Long> read = meters.read();

        assertThat(read.get("media|under_1h")).isBetween(50L, 60L);
        assertThat(read.values().stream().mapToLong(Long::longValue).sum())
                .isLessThanOrEqualTo(ORPHANS)
                .isGreaterThan(ORPHANS / 50);
        // Only the index is read, and no further than to a fixed number of entries.
        assertCheap(4L * OrphanMeters.MOST / 50);
    }

    @Test
    void candidates_are_found_by_exact_look_ups() {
        // given
        OrphanView orphan = orphans.find("media:mediaplan:orphan77").orElseThrow();
        OrphanView named = new OrphanView(
                orphan.object(), "media", "media:mediaplan", "unknown_parent", "media:mediaplan:777O", 1, "", 0, false);
        plans.forget();

        // when
        List<CandidateView> found = candidates.of(named, List.of(fact("c-media:mediaplan:5000")));

        // then
        assertThat(found).hasSizeBetween(2, 5);
        assertThat(found).extracting(CandidateView::root).contains("crm:deal:777", "crm:deal:5000");
        // A few pages of an index for each key that is looked up.
        assertCheap(4L * NearKeys.of("media:mediaplan:777O").size() + FEW_PAGES);
    }

    private static FactView fact(String correlation) {
        return new FactView(
                "",
                "",
                "",
                "",
                null,
                null,
                null,
                List.of(),
                Map.of(),
                null,
                false,
                null,
                "",
                correlation,
                null,
                null,
                false,
                "",
                "");
    }

    private static OrphanFilter filter(
            @Nullable String system,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String olderThan,
            String dismissed,
            String sort) {
        return OrphanFilter.of(
                new Wanted(system, kind, reason, olderThan, dismissed, sort),
                EventCatalog.bundled().domains(),
                CLOCK);
    }

    private static void assertCheap(long pages) {
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(pages);
    }
}
