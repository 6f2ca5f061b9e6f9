package io.masterdeal.console.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The board against a recount from scratch. */
class ColumnBoardTest {

    private static final int SEEDS = Boolean.getBoolean("masterdeal.long") ? 500 : 12;
    private static final List<Sort> SORTS = List.of(Sort.values());
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 7, 1);
    private static final List<String> WORDS = List.of(
            "",
            "",
            "",
            "",
            "ромаш",
            "Янтарь",
            "юг",
            "CRM",
            "d-1",
            "D-12",
            "crm:deal:d-2",
            "longnumber",
            "longnumber-5",
            "x",
            "сделка-1",
            "retail 2",
            "odd6",
            "erp:order:longnumber-1",
            "crm:d",
            "manager 3",
            "nothing");

    private final ColumnBoard board =
            new ColumnBoard(() -> RandomDeals.STAGES, Clock.fixed(RandomDeals.NOW, ZoneOffset.UTC));
    private final PlainBoard plain = new PlainBoard(RandomDeals.STAGES);

    @Test
    void answers_as_a_recount_from_scratch_does_after_any_events() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + SEEDS; seed++) {
            System.out.println("seed " + seed);
            new ColumnBoardTest().check(seed);
        }
    }

    private void check(long seed) {
        // given
        RandomDeals deals = new RandomDeals(seed, 120);
        List<CardReader.Read> events = deals.events(600);
        Random random = deals.random();

        // when
        int next = 0;
        while (next < events.size()) {
            List<CardReader.Read> batch = events.subList(next, Math.min(events.size(), next + 1 + random.nextInt(200)));
            board.take(batch);
            batch.forEach(plain::take);
            next += batch.size();

            // then
            for (int i = 0; i < 8; i++) {
                compare("seed " + seed + " after " + next, selection(random), random);
            }
        }
        assertThat(board.recount()).as("seed %d", seed).isZero();
        assertThat(board.trend(FIRST_DAY, LAST_DAY)).as("seed %d", seed).isEqualTo(plain.trend(FIRST_DAY, LAST_DAY));
        assertThat(board.values("client", 3)).isEqualTo(plain.values("client", 3));
        assertThat(board.values("number", 1000)).isEqualTo(plain.values("number", 1000));
        assertThat(board.stages()).isEqualTo(plain.stages());
    }

    private void compare(String what, DealSelection selection, Random random) {
        Instant now = RandomDeals.NOW.plus(Duration.ofMinutes(random.nextInt(100_000) - 50_000));
        assertThat(board.counts(selection, now)).as("%s: %s", what, selection).isEqualTo(plain.counts(selection, now));
        Instant from = now.minus(Duration.ofDays(random.nextInt(60)));
        assertThat(board.flow(selection, from))
                .as("%s: %s", what, selection)
                .isEqualTo(plain.flow(selection, from, RandomDeals.NOW));
        Sort sort = SORTS.get(random.nextInt(SORTS.size()));
        assertThat(pages(selection, sort, 1 + random.nextInt(40), now))
                .as("%s: %s by %s", what, selection, sort)
                .isEqualTo(plain.sorted(selection, sort, now));
        for (Card card : plain.cards().subList(0, Math.min(5, plain.cards().size()))) {
            assertThat(board.card(card.id())).contains(card);
            assertThat(board.byRoot(card.root())).contains(card);
        }
    }

    private List<Card> pages(DealSelection selection, Sort sort, int limit, Instant now) {
        List<Card> all = new ArrayList<>();
        String cursor = null;
        do {
            BoardPage page = board.page(selection, sort, cursor, limit, now);
            assertThat(page.total()).isGreaterThanOrEqualTo(page.cards().size());
            all.addAll(page.cards());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static DealSelection selection(Random random) {
        Map<String, String> attributes = switch (random.nextInt(6)) {
            case 0 -> Map.of("client", "Yantar Clinics");
            case 1 -> Map.of("manager", "Manager " + random.nextInt(6), "client", "Retail 24");
            case 2 -> Map.of("number", "");
            default -> Map.of();
        };
        return new DealSelection(
                some(random, List.of("none", "briefed", "closed", "no such")),
                some(random, List.of("open", "won", "lost")),
                attributes,
                some(random, List.of("strict@2")),
                some(random, List.of(DealSla.values())),
                random.nextInt(4) > 0 ? null : random.nextBoolean(),
                instant(random),
                instant(random),
                WORDS.get(random.nextInt(WORDS.size())));
    }

    private static @Nullable Instant instant(Random random) {
        return random.nextInt(4) > 0
                ? null
                : RandomDeals.NOW.minus(Duration.ofNanos((long) (random.nextDouble() * 60 * 86_400e9)));
    }

    private static <T> Set<T> some(Random random, List<T> all) {
        Set<T> some = new HashSet<>();
        if (random.nextInt(3) == 0) {
            all.forEach(each -> {
                if (random.nextBoolean()) {
                    some.add(each);
                }
            });
        }
        return Set.copyOf(some);
    }

    @Test
    void a_cursor_stays_valid_when_its_deal_changes_or_goes() {
        // given
        RandomDeals deals = new RandomDeals(7, 1);
        List<CardReader.Read> reads = new ArrayList<>();
        for (int i = 10; i < 20; i++) {
            reads.add(new CardReader.Read(deals.card("crm:deal:D-" + i, 1, 1), false));
        }
        board.take(reads);
        BoardPage first = board.page(DealSelection.ALL, Sort.KEY, null, 4, RandomDeals.NOW);

        // when
        board.take(List.of(new CardReader.Read(deals.card("crm:deal:D-13", 1, 2), true)));

        // then
        assertThat(board.page(DealSelection.ALL, Sort.KEY, first.next(), 3, RandomDeals.NOW)
                        .cards())
                .extracting(Card::root)
                .containsExactly("crm:deal:D-14", "crm:deal:D-15", "crm:deal:D-16");
        assertThatThrownBy(() -> board.page(DealSelection.ALL, Sort.AGE, first.next(), 3, RandomDeals.NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> board.page(DealSelection.ALL, Sort.AGE, "no cursor", 3, RandomDeals.NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listeners_are_told_which_deals_changed_and_a_repeated_event_is_no_change() {
        // given
        List<Set<UUID>> told = new ArrayList<>();
        board.listen((_, changed) -> told.add(changed));
        CardReader.Read read = new RandomDeals(1, 1).next();

        // when
        board.take(List.of(read));
        board.take(List.of(read));
        board.clear();

        // then
        assertThat(told)
                .containsExactly(Set.of(read.card().id()), Set.of(read.card().id()));
        assertThat(board.version()).isEqualTo(2);
    }
}
