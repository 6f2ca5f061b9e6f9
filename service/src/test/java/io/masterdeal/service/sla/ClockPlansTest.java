package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.service.query.BoundedSearch;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.ShortClockView;
import io.masterdeal.service.sla.SlaStatementQueries.Filter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a list of clocks costs does not grow with what is stored, however rare what is asked for is. */
class ClockPlansTest {

    private static final int DEALS = Math.min(ManyDeals.COUNT, 200_000);

    /** Rows of one index that is walked, with the pages of the table in which they are. */
    private static final long PAGES_OF_A_SEARCH = BoundedSearch.MOST + 300L;

    private static Database database;

    private static Plans plans;

    private static KnownPolicies known;

    private static Readers readers;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyClocks.load(database, DEALS);
        plans = new Plans(database);
        readers = Readers.over(plans.watched());
        known = new KnownPolicies(SlaFiles.load("default", "default", RuleSets.load("default")));
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void forget() {
        plans.forget();
    }

    private static Found<ShortClockView> list(ClockFilter filter, @Nullable ClockPlace after) {
        return new ClockQueries(readers, known).list(filter, after, 100);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static void assertCheap(long pages) {
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(pages);
    }

    @ParameterizedTest(name = "policy {0}, domain {1}, segment {2}, state {3}")
    @CsvSource({
        ", , , , 300",
        "legal-review, , , , 1500",
        ", legal, , , 1500",
        ", masterdeal, , , 4000",
        ", , strategic, , 1500",
        ", , , running, 2000",
        ", , , cancelled, 2000",
        "lead-to-close, , , running, 1000",
        "lead-to-close, , large, breached, 600",
        "legal-review, , large, , 10"
    })
    void clocks_by_what_they_are(
            @Nullable String policy,
            @Nullable String domain,
            @Nullable String segment,
            @Nullable String state,
            long pages) {
        ClockFilter filter = new ClockFilter(
                known.chosen(policy, domain),
                policy == null && domain == null,
                segment,
                state,
                false,
                null,
                null,
                null,
                null);

        Found<ShortClockView> first = list(filter, null);
        assertCheap(pages);
        plans.forget();
        Found<ShortClockView> later = list(filter, new ClockPlace(null, "crm:deal:7", "legal-review", ""));

        assertCheap(pages);
        assertThat(first.items()).hasSize("large".equals(segment) && "legal-review".equals(policy) ? 0 : 100);
        assertThat(later.items()).hasSameSizeAs(first.items());
    }

    @ParameterizedTest(name = "state {0}, at risk {1}, policy {2}, client {3}, due {4}, breached {5} to {6}")
    @CsvSource({
        ", true, , , , , ",
        "paused, true, , , , , ",
        ", true, , , 2199-01-01T00:00:00Z, , ",
        ", true, legal-review, , 2199-01-01T00:00:00Z, , ",
        ", false, , client 7, , , ",
        "paused, false, legal-review, client 7, , , ",
        ", true, , client 7, , , ",
        ", false, , nobody, , , ",
        ", false, , , 2026-01-01T01:00:00Z, , ",
        ", false, legal-review, , 2199-01-01T00:00:00Z, , ",
        "paused, false, , , 2199-01-01T00:00:00Z, , ",
        ", false, , , , 2026-01-02T00:00:00Z, 2026-01-03T00:00:00Z",
        ", false, , , , , 2026-01-01T00:30:00Z",
        "cancelled, false, , , , 1970-01-01T00:00:00Z, 2199-01-01T00:00:00Z",
        "running, false, , , , , 2199-01-01T00:00:00Z"
    })
    void clocks_that_are_searched_for(
            @Nullable String state,
            boolean atRisk,
            @Nullable String policy,
            @Nullable String client,
            @Nullable String due,
            @Nullable String from,
            @Nullable String to) {
        ClockFilter filter = new ClockFilter(
                known.chosen(policy, null),
                policy == null,
                null,
                state,
                atRisk,
                client,
                instant(due),
                instant(from),
                instant(to));

        list(filter, null);
        assertCheap(PAGES_OF_A_SEARCH);
        plans.forget();
        list(
                filter,
                new ClockPlace(
                        filter.order() == ClockOrder.KEY ? null : Instant.parse("2026-01-05T00:00:00Z"),
                        "crm:deal:7",
                        "legal-review",
                        ""));
        assertCheap(PAGES_OF_A_SEARCH);
    }

    @Test
    void totals_are_kept() {
        CountQueries counts = new CountQueries(readers);

        List<ClockCount> all = counts.all();
        assertThat(all.stream().mapToLong(ClockCount::amount).sum()).isEqualTo(6L * DEALS);
        assertThat(all.stream().filter(ClockCount::atRisk))
                .isNotEmpty()
                .allMatch(count ->
                        count.state().equals("running") || count.state().equals("paused"));
        assertThat(counts.statements()).containsKeys("breached|told", "breached|retracted", "warned|suppressed");
        assertThat(counts.firstDeadline())
                .hasValueSatisfying(first -> assertThat(first).isBefore("2026-01-01T00:05:00Z"));
        assertCheap(30);
    }

    @Test
    void clocks_of_a_client_and_of_a_period_are_counted_in_an_index() {
        CountQueries counts = new CountQueries(readers);

        long ofClient = counts.ofClient("client 7").stream()
                .mapToLong(ClockCount::amount)
                .sum();
        assertThat(ofClient).isBetween(6L * DEALS / 60, 6L * DEALS / 50);
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).isLessThan(ofClient + 100);
        plans.forget();

        assertThat(counts.breached(Instant.parse("2026-01-02T00:00:00Z"), Instant.parse("2026-01-03T00:00:00Z")))
                .hasSize(6)
                .allSatisfy((_, amount) -> assertThat(amount).isBetween(220L, 260L));
        assertCheap(200);
    }

    @Test
    void what_is_too_much_to_be_counted_is_refused() {
        CountQueries counts = new CountQueries(readers, 100);

        assertThatThrownBy(() -> counts.ofClient("client 7")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> counts.breached(Instant.EPOCH, Instant.parse("2199-01-01T00:00:00Z")))
                .isInstanceOf(Problem.class);
        assertCheap(300);
    }

    @ParameterizedTest(name = "deal {0}, state {1}, kind {2}, from {3}")
    @CsvSource({
        ", , , ",
        ", suppressed, , ",
        ", suppressed, breached, ",
        ", retracted, , ",
        ", , warned, 2026-01-05T00:00:00Z",
        "7, , , ",
        "7, told, breached, 2026-01-01T00:00:00Z"
    })
    void statements(@Nullable String deal, @Nullable String state, @Nullable String kind, @Nullable String from) {
        UUID id = deal == null
                ? null
                : database.jdbc()
                        .sql("SELECT md5('deal' || ?)::uuid")
                        .param(deal)
                        .query(UUID.class)
                        .single();
        Filter filter = new Filter(id, state, kind, instant(from));
        SlaStatementQueries statements = new SlaStatementQueries(readers);

        Found<SlaStatementView> found = statements.list(filter, null, 100);
        assertCheap(deal == null ? PAGES_OF_A_SEARCH : 30);
        plans.forget();
        statements.list(
                filter, new SlaStatementQueries.Place(Instant.parse("2026-01-05T00:00:00Z"), Long.MAX_VALUE), 100);
        assertCheap(deal == null ? PAGES_OF_A_SEARCH : 30);

        assertThat(found.items()).allSatisfy(statement -> {
            assertThat(state == null || statement.state().equals(state)).isTrue();
            assertThat(kind == null || statement.kind().equals(kind)).isTrue();
            assertThat(deal == null || statement.masterDealId().equals(String.valueOf(id)))
                    .isTrue();
        });
        assertThat(found.items()).extracting(SlaStatementView::madeAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }
}
