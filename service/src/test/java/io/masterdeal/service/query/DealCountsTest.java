package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is counted is what is there, whichever way it is counted. */
class DealCountsTest {

    private static final long SEED = 18;

    private static final int QUESTIONS = 30;

    private static final int DEALS = 2500;

    /** Stands for what a deal does not have. */
    private static final String NONE = "-";

    private static Database database;

    private static CountController counts;

    private static List<Map<String, String>> all;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.loadDeals(database, DEALS);
        database.jdbc()
                .sql("INSERT INTO counts (what, part, amount) SELECT 'deals', outcome || ':' || stage, count(*)"
                        + " FROM deals GROUP BY outcome, stage")
                .update();
        counts = new CountController(new DealCounts(Readers.over(database.dataSource())));
        all = new ArrayList<>();
        database.jdbc()
                .sql("SELECT * FROM deals d JOIN deal_fields f ON f.deal_id = d.id")
                .query(row -> {
                    Map<String, String> deal = new HashMap<>();
                    for (CountDimension dimension : CountDimension.values()) {
                        deal.put(dimension.text(), Objects.requireNonNullElse(row.getString(dimension.text()), NONE));
                    }
                    deal.put("amount", Objects.requireNonNullElse(row.getString("amount"), NONE));
                    all.add(deal);
                });
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @Test
    void random_questions_count_every_deal_once() {
        Random random = new Random(SEED);
        for (int i = 0; i < QUESTIONS; i++) {
            List<String> by = by(random);
            Map<String, String> filter = filter(random);
            boolean amounts = random.nextBoolean();

            CountsView answer = ask(by, filter, amounts);

            Map<List<String>, List<Map<String, String>>> expected = all.stream()
                    .filter(deal -> filter.entrySet().stream()
                            .allMatch(
                                    it -> it.getValue() == null || it.getValue().equals(deal.get(it.getKey()))))
                    .collect(Collectors.groupingBy(deal -> values(deal, by)));
            assertAnswer(
                    answer, expected, amounts, "seed " + SEED + ", by " + by + ", filter " + filter + ", " + amounts);
        }
    }

    private static void assertAnswer(
            CountsView answer,
            Map<List<String>, List<Map<String, String>>> expected,
            boolean amounts,
            String question) {
        assertThat(answer.total().deals())
                .as(question)
                .isEqualTo(expected.values().stream().mapToLong(List::size).sum());
        assertThat(answer.groups()).as(question).hasSize(Math.min(expected.size(), DealCounts.MOST_GROUPS));
        assertThat(answer.groups())
                .extracting(CountsView.Group::deals)
                .as(question)
                .isSortedAccordingTo(Comparator.reverseOrder());
        for (CountsView.Group group : answer.groups()) {
            List<Map<String, String>> deals = Objects.requireNonNull(
                    expected.get(group.values().values().stream()
                            .map(it -> Objects.requireNonNullElse(it, NONE))
                            .toList()),
                    question);
            assertThat(group.deals()).as(question).isEqualTo(deals.size());
            assertThat(amountsOf(group.amounts())).as(question).isEqualTo(amounts ? amounts(deals) : Map.of());
        }
        CountsView.Others others = answer.others();
        assertThat(others == null ? 0 : others.groups())
                .as(question)
                .isEqualTo(Math.max(0, expected.size() - DealCounts.MOST_GROUPS));
        assertThat(amountsOf(answer.total().amounts()))
                .as(question)
                .isEqualTo(
                        amounts
                                ? amounts(expected.values().stream()
                                        .flatMap(List::stream)
                                        .toList())
                                : Map.of());
    }

    private static Map<String, BigDecimal> amountsOf(@Nullable List<CountsView.Amount> amounts) {
        Map<String, BigDecimal> read = new HashMap<>();
        (amounts == null ? List.<CountsView.Amount>of() : amounts)
                .forEach(it -> read.put(Objects.requireNonNullElse(it.currency(), NONE), new BigDecimal(it.amount())));
        return read;
    }

    private static Map<String, BigDecimal> amounts(List<Map<String, String>> deals) {
        Map<String, BigDecimal> sums = new HashMap<>();
        deals.forEach(deal -> {
            String amount = deal.getOrDefault("amount", NONE);
            if (!amount.equals(NONE)) {
                sums.merge(deal.getOrDefault("currency", NONE), new BigDecimal(amount), BigDecimal::add);
            }
        });
        return sums;
    }

    private static List<String> values(Map<String, String> deal, List<String> by) {
        List<String> values = new ArrayList<>();
        by.forEach(name -> values.add(deal.getOrDefault(name, NONE)));
        return values;
    }

    private static List<String> by(Random random) {
        List<String> names = new ArrayList<>();
        for (CountDimension dimension : CountDimension.values()) {
            names.add(dimension.text());
        }
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(CountDimension.MOST));
    }

    private static Map<String, String> filter(Random random) {
        Map<String, String> filter = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            filter.put("stage", "stage" + random.nextInt(8));
        }
        if (random.nextInt(4) == 0) {
            filter.put("outcome", "open");
        }
        if (random.nextInt(4) == 0) {
            filter.put("client", "client " + random.nextInt(20));
        }
        if (random.nextInt(4) == 0) {
            filter.put("product", "product " + random.nextInt(5));
        }
        return filter;
    }

    private static CountsView ask(List<String> by, Map<String, String> filter, boolean amounts) {
        return counts.counts(
                String.join(",", by),
                amounts,
                filter.get("stage"),
                filter.get("outcome"),
                filter.get("client"),
                null,
                filter.get("product"),
                null,
                null);
    }

    @Test
    void beyond_a_thousand_groups_the_rest_is_one() {
        CountsView answer = ask(List.of("client", "manager", "stage"), Map.of(), true);

        assertThat(answer.groups()).hasSize(DealCounts.MOST_GROUPS);
        assertThat(answer.others()).isNotNull().satisfies(others -> {
            assertThat(others.groups()).isPositive();
            assertThat(others.deals()
                            + answer.groups().stream()
                                    .mapToLong(CountsView.Group::deals)
                                    .sum())
                    .isEqualTo(DEALS)
                    .isEqualTo(answer.total().deals());
        });
    }

    @Test
    void a_deal_that_does_not_have_a_value_is_in_a_group_whose_value_is_null() {
        CountsView answer = ask(List.of("client"), Map.of("stage", "stage1"), false);

        assertThat(JsonMapper.shared().writeValueAsString(answer))
                .startsWith("{\"by\":[\"client\"],\"total\":{\"deals\":")
                .contains("{\"values\":{\"client\":null},\"deals\":")
                .doesNotContain("amounts", "others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deal", "stage,stage", "stage,client,manager,region", "stage,", "STAGE"})
    void what_cannot_be_counted_by_is_a_problem(String by) {
        assertThatThrownBy(() -> ask(List.of(by), Map.of(), false))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getBody().getDetail())
                                .contains("'by' is one to 3 of stage, outcome"));
    }
}
