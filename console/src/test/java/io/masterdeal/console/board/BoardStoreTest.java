package io.masterdeal.console.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The board in PostgreSQL. */
class BoardStoreTest {

    private static final String TOPIC = "masterdeal.events";
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 7, 1);

    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();

    @BeforeAll
    static void make_the_schema() {
        LocalAddresses at = TestServers.get().addresses();
        DATABASE.setUrl(at.jdbcUrl());
        DATABASE.setUser(at.postgresUser());
        DATABASE.setPassword(at.postgresPassword());
        DATABASE.setCurrentSchema("board_store_test");
        Flyway.configure()
                .dataSource(DATABASE)
                .schemas("board_store_test")
                .locations("classpath:masterdeal/console/migrations")
                .load()
                .migrate();
    }

    @Test
    void a_process_that_is_killed_after_any_event_and_reads_some_of_them_again_has_what_a_recount_gives()
            throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        RandomDeals deals = new RandomDeals(seed, 8);
        List<CardReader.Read> events = deals.events(24);
        PlainBoard plain = new PlainBoard(RandomDeals.STAGES);
        try (BoardStore first = new BoardStore(DATABASE, TOPIC)) {
            assertThat(first.acquire()).isTrue();
            first.begin("topic-1", true);
        }

        for (int next = 0; next < events.size(); next++) {
            // given: a process that was killed after some event, so that its last transaction may have been lost
            int again = Math.max(0, next - deals.random().nextInt(4));

            // when
            try (BoardStore store = new BoardStore(DATABASE, TOPIC)) {
                assertThat(store.acquire()).isTrue();
                store.write(events.subList(again, next + 1), Map.of(0, next + 1L));
            }

            // then
            plain.take(events.get(next));
            ColumnBoard loaded = board();
            assertThat(new BoardStore(DATABASE, TOPIC).load(loaded::take))
                    .contains(new Position("topic-1", Map.of(0, next + 1L), true));
            String what = "seed " + seed + " after " + next;
            assertThat(loaded.page(DealSelection.ALL, Sort.KEY, null, 100, RandomDeals.NOW)
                            .cards())
                    .as(what)
                    .isEqualTo(plain.sorted(DealSelection.ALL, Sort.KEY, RandomDeals.NOW));
            assertThat(loaded.trend(FIRST_DAY, LAST_DAY)).as(what).isEqualTo(plain.trend(FIRST_DAY, LAST_DAY));
            // Withdrawn deals are known too: an older event does not bring them back.
            loaded.take(events.subList(0, next + 1));
            assertThat(loaded.size()).as(what).isEqualTo(plain.cards().size());
        }
        try (BoardStore store = new BoardStore(DATABASE, TOPIC)) {
            assertThat(store.acquire()).isTrue();
            assertThat(store.recount()).as("seed %d", seed).isZero();
            execute(
                    "UPDATE board_store_test.daily SET entered = entered + 1, amount = amount - 0.0001 WHERE stage = 'briefed'");
            assertThat(store.recount()).isPositive();
            assertThat(store.recount()).isZero();
        }
    }

    @Test
    void one_process_writes_and_another_takes_over() throws SQLException {
        // given
        try (BoardStore first = new BoardStore(DATABASE, TOPIC);
                BoardStore second = new BoardStore(DATABASE, TOPIC)) {
            assertThat(first.acquire()).isTrue();
            assertThat(second.acquire()).isFalse();

            // when
            first.release();

            // then
            assertThat(second.acquire()).isTrue();
            assertThat(first.acquire()).isFalse();
        }
    }

    @Test
    void the_topic_is_read_on_from_where_it_was_left_if_it_is_still_that_topic() {
        Map<Integer, Long> begins = Map.of(0, 0L, 1, 5L);
        Map<Integer, Long> ends = Map.of(0, 10L, 1, 20L);

        assertThat(StartPoint.of(position("a", 3, 7), "a", begins, ends))
                .isEqualTo(new StartPoint(Map.of(0, 3L, 1, 7L), false, true, List.of()));
        assertThat(StartPoint.of(Optional.empty(), "a", begins, ends))
                .isEqualTo(new StartPoint(begins, true, false, List.of()));
        assertThat(StartPoint.of(Optional.empty(), "a", Map.of(0, 0L), Map.of(0, 9L)))
                .isEqualTo(new StartPoint(Map.of(0, 0L), true, true, List.of()));

        StartPoint anew = StartPoint.of(position("b", 3, 7), "a", begins, ends);
        assertThat(List.of(anew.fresh(), anew.complete(), anew.next())).isEqualTo(List.of(true, false, begins));
        StartPoint gone = StartPoint.of(position("a", 3, 4), "a", begins, ends);
        assertThat(List.of(gone.fresh(), gone.complete(), gone.next())).isEqualTo(List.of(true, false, begins));
        StartPoint shorter = StartPoint.of(position("a", 11, 7), "a", begins, ends);
        assertThat(shorter.fresh()).isFalse();
        assertThat(shorter.next()).isEqualTo(Map.of(0, 0L, 1, 7L));
        assertThat(shorter.reasons()).singleElement().asString().contains("partition 0 ends at 10", "up to 11");
    }

    private static Optional<Position> position(String topic, long first, long second) {
        return Optional.of(new Position(topic, Map.of(0, first, 1, second), true));
    }

    private static ColumnBoard board() {
        return new ColumnBoard(() -> RandomDeals.STAGES, Clock.fixed(RandomDeals.NOW, ZoneOffset.UTC));
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement it = connection.createStatement()) {
            it.execute(statement);
        }
    }
}
