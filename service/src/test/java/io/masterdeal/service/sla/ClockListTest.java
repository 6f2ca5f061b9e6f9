package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.service.query.BoundedSearch;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.ShortClockView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages of clocks, one after the other, are exactly the clocks that fit, in their order. */
class ClockListTest {

    private static final long SEED = 16;

    private static final int FILTERS = 60;

    private static Database database;

    private static KnownPolicies known;

    private static List<ShortClockView> all;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyClocks.load(database, 1500);
        known = new KnownPolicies(SlaFiles.load("default", "default", RuleSets.load("default")));
        all = database.jdbc()
                .sql("SELECT * FROM sla_clocks")
                .query((row, _) -> ShortClockView.read(row))
                .list();
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @Test
    void random_filters_find_what_fits() {
        ClockQueries queries = new ClockQueries(Readers.over(database.dataSource()), known);
        Random random = new Random(SEED);
        for (int i = 0; i < FILTERS; i++) {
            ClockFilter filter = filter(random);
            int limit = 20 + random.nextInt(400);
            List<ShortClockView> found = new ArrayList<>();
            String next = null;
            int pages = 0;
            do {
                Found<ShortClockView> page = queries.list(filter, place(next, filter.order()), limit);
                assertThat(page.items().size()).isLessThanOrEqualTo(limit);
                found.addAll(page.items());
                next = page.next();
                pages++;
            } while (next != null);

            List<ShortClockView> expected = all.stream()
                    .filter(clock -> fits(clock, filter))
                    .sorted(order(filter))
                    .toList();
            assertThat(found)
                    .as("seed %s, filter %s, limit %s", SEED, filter, limit)
                    .isEqualTo(expected);
            assertThat(pages).isLessThanOrEqualTo(1 + expected.size() / limit + all.size() / BoundedSearch.MOST + 1);
        }
    }

    /** As a caller hands it on. */
    private static @Nullable ClockPlace place(@Nullable String next, ClockOrder order) {
        return ClockPlace.read(Page.until(List.of(), next).next(), order);
    }

    private static ClockFilter filter(Random random) {
        String policy = random.nextInt(3) > 0 ? null : pick(random, List.copyOf(known.names()));
        String domain = random.nextInt(4) > 0 ? null : pick(random, List.copyOf(known.domains()));
        boolean breached = random.nextInt(4) == 0;
        Instant from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(60 * 1000));
        return new ClockFilter(
                known.chosen(policy, domain),
                policy == null && domain == null,
                random.nextInt(4) > 0 ? null : pick(random, List.copyOf(known.segments())),
                random.nextInt(3) > 0 ? null : pick(random, KnownPolicies.STATES),
                random.nextInt(4) == 0,
                random.nextInt(5) > 0 ? null : "client " + random.nextInt(50),
                random.nextInt(4) > 0 ? null : from.plusSeconds(random.nextInt(60 * 600)),
                breached && random.nextBoolean() ? from : null,
                breached ? from.plusSeconds(random.nextInt(60 * 600)) : null);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static boolean fits(ShortClockView clock, ClockFilter filter) {
        boolean open = clock.stoppedAt() == null && clock.cancelledAt() == null;
        return filter.policies().contains(clock.policy())
                && (filter.segment() == null || filter.segment().equals(clock.segment()))
                && (filter.state() == null || filter.state().equals(clock.state()))
                && (!filter.atRisk() || clock.atRisk())
                && (filter.client() == null || filter.client().equals(clock.client()))
                && (filter.dueBefore() == null || (open && before(clock.dueAt(), filter.dueBefore())))
                && (filter.breachedFrom() == null
                        || (clock.breachedAt() != null && !before(clock.breachedAt(), filter.breachedFrom())))
                && (filter.breachedTo() == null || before(clock.breachedAt(), filter.breachedTo()));
    }

    private static boolean before(@Nullable String time, Instant limit) {
        return time != null && Instant.parse(time).isBefore(limit);
    }

    private static Comparator<ShortClockView> order(ClockFilter filter) {
        Comparator<ShortClockView> byKey = Comparator.comparing(
                        (ShortClockView clock) -> Objects.requireNonNull(clock.root()), Utf8Order.INSTANCE)
                .thenComparing(ShortClockView::policy)
                .thenComparing(clock -> Objects.requireNonNullElse(clock.object(), ""), Utf8Order.INSTANCE);
        return switch (filter.order()) {
            case KEY -> byKey;
            case DUE ->
                Comparator.comparing((ShortClockView clock) -> Objects.requireNonNull(clock.dueAt()))
                        .thenComparing(byKey);
            case BREACHED ->
                Comparator.comparing((ShortClockView clock) -> Objects.requireNonNull(clock.breachedAt()))
                        .thenComparing(byKey)
                        .reversed();
        };
    }
}
