package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.role.database.Readers;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.DealQueries.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How long questions about a million deals take. The figures in docs/benchmarks/answers.md are what it prints. */
@EnabledIfSystemProperty(named = "masterdeal.long", matches = "true")
class ManyDealsTimesTest {

    private static final int RUNS = 50;

    private static final Duration MOST = Duration.ofSeconds(5);

    private static Database database;

    private static DealLists lists;

    private static DealCounts counts;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.loadDeals(database, ManyDeals.COUNT);
        database.jdbc()
                .sql("INSERT INTO counts (what, part, amount) SELECT 'deals', outcome || ':' || stage, count(*)"
                        + " FROM deals GROUP BY outcome, stage")
                .update();
        Readers readers = Readers.over(database.dataSource());
        lists = new DealLists(readers, new DealQueries(readers, RuleSets.load("default")), RuleSets.load("default"));
        counts = new DealCounts(readers);
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    private static WantedDeals filter(String stage, String outcome, String client, String gap, String which) {
        return new WantedDeals(
                stage.isEmpty() ? null : stage,
                outcome.isEmpty() ? null : outcome,
                null,
                new FieldFilter(client.isEmpty() ? null : client, null, null, null, null),
                gap.isEmpty() ? null : gap,
                which.equals("contradictory"),
                which.equals("stuck") ? Instant.parse("2026-02-01T00:00:00Z") : null,
                which.equals("updated") ? Instant.parse("2026-08-01T00:00:00Z") : null);
    }

    @Test
    void pages_of_deals() {
        for (String question : List.of(
                ",,,,|root",
                "stage3,,,,|root",
                ",,client 7,,|root",
                "stage3,open,client 7,,|root",
                ",,one deal,,|stage_since",
                ",,client 7,,|stage_since",
                ",,client 7,,|-amount",
                ",,,stage1,|root",
                ",,,stage2,|root",
                ",,,,contradictory|root",
                ",,,,stuck|stage_since",
                "stage3,,,,stuck|stage_since",
                ",,,stage2,stuck|stage_since",
                ",,,,|-stage_since",
                ",,,,|-amount",
                ",,,,updated|updated",
                ",,client 7,,updated|updated")) {
            String[] parts = question.split("[,|]", -1);
            WantedDeals filter = filter(parts[0], parts[1], parts[2], parts[3], parts[4]);
            DealOrder order = DealOrder.read(parts[5], DealOrder.BY_ROOT);
            measure("list " + question, RUNS, () -> {
                Found<DealView> found = lists.list(filter, order, null, 100, Detail.BRIEF);
                return found.items().size() + (found.next() == null ? "" : " and more");
            });
        }
    }

    @Test
    void counts_of_deals() {
        for (String question : List.of(
                "stage,outcome||",
                "client||",
                "client||amounts",
                "manager,product||amounts",
                "client,manager,product||amounts",
                "stage||amounts",
                "stage,client||",
                "stage,client,manager||amounts",
                "stage|client 7|amounts",
                "manager|client 7|amounts",
                "manager|one deal|amounts")) {
            String[] parts = question.split("\\|", -1);
            DealCounts.Filter filter = new DealCounts.Filter(
                    null, null, new FieldFilter(parts[1].isEmpty() ? null : parts[1], null, null, null, null));
            measure("counts " + question, 10, () -> {
                List<DealCounts.Sum> sums = counts.count(CountDimension.read(parts[0]), filter, !parts[2].isEmpty());
                return sums.size() + " sums";
            });
        }
    }

    private static void measure(String question, int runs, Supplier<String> ask) {
        String found = ask.get();
        long[] times = new long[runs];
        for (int i = 0; i < runs; i++) {
            long before = System.nanoTime();
            found = ask.get();
            times[i] = System.nanoTime() - before;
        }
        Arrays.sort(times);
        System.out.printf(
                "%s: %s; median %.1f ms, most %.1f ms%n",
                question, found, times[runs / 2] / 1e6, times[runs - 1] / 1e6);
        assertThat(Duration.ofNanos(times[runs - 1])).as(question).isLessThan(MOST);
    }
}
