package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.DealQueries.Detail;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages of deals, one after the other, are exactly the deals that fit, in their order. */
class DealListTest {

    private static final long SEED = 17;

    private static final int FILTERS = 40;

    /** More than are looked at for one page. */
    private static final int DEALS = 2 * BoundedSearch.MOST + 500;

    private static Database database;

    private static DealLists lists;

    private static List<Deal> all;

    /** What is known of a deal. */
    private record Deal(
            String root,
            String stage,
            String outcome,
            List<String> gaps,
            @Nullable Instant since,
            List<@Nullable String> fields,
            @Nullable BigDecimal amount,
            Instant updated,
            UUID id) {

        static Deal read(ResultSet row) throws SQLException {
            List<@Nullable String> fields = new ArrayList<>();
            for (String field : List.of("client", "manager", "product", "region", "currency")) {
                fields.add(row.getString(field));
            }
            OffsetDateTime since = row.getObject("stage_since", OffsetDateTime.class);
            return new Deal(
                    row.getString("root_key"),
                    row.getString("stage"),
                    row.getString("outcome"),
                    Arrays.asList((String[]) row.getArray("gaps").getArray()),
                    since == null ? null : since.toInstant(),
                    fields,
                    row.getBigDecimal("amount"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getObject("id", UUID.class));
        }
    }

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.loadDeals(database, DEALS);
        database.jdbc()
                .sql("INSERT INTO counts (what, part, amount) SELECT 'deals', outcome || ':' || stage, count(*)"
                        + " FROM deals GROUP BY outcome, stage")
                .update();
        Readers readers = Readers.over(database.dataSource());
        lists = new DealLists(readers, new DealQueries(readers, RuleSets.load("default")), RuleSets.load("default"));
        all = database.jdbc().sql("""
                SELECT d.root_key, d.id, d.stage, d.outcome, d.gaps, d.stage_since, v.at, f.client, f.manager, f.product, f.region,
                    f.currency, f.amount
                FROM deals d JOIN deal_fields f ON f.deal_id = d.id
                JOIN deal_revisions v ON v.deal_id = d.id AND v.revision = d.revision
                """).query((row, _) -> Deal.read(row)).list();
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @Test
    void random_filters_find_what_fits_in_every_order() {
        Random random = new Random(SEED);
        for (int i = 0; i < FILTERS; i++) {
            WantedDeals filter = filter(random);
            DealOrder order = new DealOrder(pick(random, DealSort.values()), random.nextBoolean());
            int limit = 50 + random.nextInt(900);
            List<String> found = new ArrayList<>();
            String next = null;
            int pages = 0;
            do {
                DealPlace place = DealPlace.read(Page.until(List.of(), next).next(), order);
                Found<DealView> page = lists.list(filter, order, place, limit, Detail.BRIEF);
                assertThat(page.items().size()).isLessThanOrEqualTo(limit);
                page.items().forEach(deal -> found.add(deal.root()));
                next = page.next();
                pages++;
            } while (next != null);

            List<String> expected = all.stream()
                    .filter(deal -> fits(deal, filter) && isSorted(deal, order.sort()))
                    .sorted(comparator(order))
                    .map(Deal::root)
                    .toList();
            assertThat(found)
                    .as("seed %s, filter %s, order %s, limit %s", SEED, filter, order, limit)
                    .isEqualTo(expected);
            assertThat(pages)
                    .as("seed %s, filter %s, order %s", SEED, filter, order)
                    .isLessThanOrEqualTo(3 + expected.size() / limit + all.size() * 6 / 5 / BoundedSearch.MOST);
        }
    }

    private static WantedDeals filter(Random random) {
        return new WantedDeals(
                random.nextInt(4) > 0 ? null : pick(random, "stage1", "stage4", "closed", "unknown"),
                random.nextInt(4) > 0 ? null : pick(random, "open", "won", "lost"),
                random.nextInt(8) > 0 ? null : pick(random, "docflow:contract:FRAME", "crm:deal:77"),
                new FieldFilter(
                        random.nextInt(4) > 0 ? null : pick(random, "client 7", "one deal", "nobody"),
                        random.nextInt(4) > 0 ? null : "manager " + random.nextInt(10),
                        random.nextInt(4) > 0 ? null : "product " + random.nextInt(5),
                        random.nextInt(5) > 0 ? null : "region " + random.nextInt(4),
                        random.nextInt(6) > 0 ? null : pick(random, "RUB", "USD")),
                random.nextInt(6) > 0 ? null : pick(random, "stage1", "stage2"),
                random.nextInt(8) == 0,
                random.nextInt(4) > 0 ? null : Instant.parse("2026-02-01T00:00:00Z"),
                random.nextInt(4) > 0 ? null : Instant.parse("2026-07-15T00:00:00Z"));
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... from) {
        return from[random.nextInt(from.length)];
    }

    private static boolean fits(Deal deal, WantedDeals filter) {
        return is(filter.stage(), deal.stage())
                && is(filter.outcome(), deal.outcome())
                && (filter.object() == null || isOf(deal, filter.object()))
                && is(filter.fields().client(), deal.fields().get(0))
                && is(filter.fields().manager(), deal.fields().get(1))
                && is(filter.fields().product(), deal.fields().get(2))
                && is(filter.fields().region(), deal.fields().get(3))
                && is(filter.fields().currency(), deal.fields().get(4))
                && (filter.gap() == null || deal.gaps().contains(filter.gap()))
                && (!filter.contradictory()
                        || (deal.stage().equals("closed") && deal.outcome().equals("lost")))
                && (filter.stuckSince() == null
                        || (deal.outcome().equals("open")
                                && deal.since() != null
                                && deal.since().isBefore(filter.stuckSince())))
                && (filter.updatedSince() == null || !deal.updated().isBefore(filter.updatedSince()));
    }

    private static boolean is(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals(value);
    }

    private static boolean isOf(Deal deal, String object) {
        return deal.root().equals(object)
                || (object.endsWith("FRAME") && Integer.parseInt(deal.root().substring("crm:deal:".length())) <= 20);
    }

    private static boolean isSorted(Deal deal, DealSort sort) {
        return switch (sort) {
            case ROOT, UPDATED -> true;
            case STAGE_SINCE -> deal.since() != null;
            case AMOUNT -> deal.amount() != null;
        };
    }

    private static Comparator<Deal> comparator(DealOrder order) {
        Comparator<Deal> byRoot = Comparator.comparing(Deal::root, Utf8Order.INSTANCE);
        Comparator<Deal> comparator = switch (order.sort()) {
            case ROOT -> byRoot;
            case STAGE_SINCE ->
                Comparator.comparing((Deal deal) -> Objects.requireNonNull(deal.since()))
                        .thenComparing(byRoot);
            case AMOUNT ->
                Comparator.comparing((Deal deal) -> Objects.requireNonNull(deal.amount()))
                        .thenComparing(byRoot);
            case UPDATED ->
                Comparator.comparing(Deal::updated)
                        .thenComparing(deal -> deal.id().toString());
        };
        return order.descending() ? comparator.reversed() : comparator;
    }
}
