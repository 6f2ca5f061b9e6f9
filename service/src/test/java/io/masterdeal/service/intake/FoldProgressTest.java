package io.masterdeal.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log says while many deals are folded. */
class FoldProgressTest {

    private long now = 7;

    private long pending;

    private int counted;

    private final FoldProgress progress = new FoldProgress(
            () -> {
                counted++;
                return pending;
            },
            () -> now);

    private final List<String> logged = new ArrayList<>();

    private void chunk(int deals, Duration took) {
        progress.beforeChunk();
        now += took.toNanos();
        pending -= deals;
        progress.afterChunk(deals).ifPresent(logged::add);
    }

    @Test
    void while_many_deals_wait_it_is_told_each_ten_seconds_how_many_are_left_and_how_fast_they_go() {
        // given
        pending = 10_000;

        // when
        for (int i = 0; i < 50; i++) {
            chunk(200, Duration.ofMillis(500));
        }
        chunk(0, Duration.ZERO);
        chunk(0, Duration.ofMinutes(1));

        // then
        assertThat(logged)
                .containsExactly(
                        "6000 deals wait to be evaluated anew; this process does 400 a second",
                        "2000 deals wait to be evaluated anew; this process does 400 a second",
                        "this process evaluated 10000 waiting deals in 25 s, and finds no more");
        assertThat(counted).isEqualTo(2);
    }

    @Test
    void the_deals_that_always_wait_while_events_come_in_are_not_told() {
        // given
        pending = 100_000;

        // when
        for (int i = 0; i < 500; i++) {
            pending = 40;
            chunk(20, Duration.ofMillis(100));
        }
        chunk(0, Duration.ZERO);

        // then
        assertThat(logged).isEmpty();
    }

    @Test
    void a_pause_between_two_changes_does_not_count_as_work() {
        // given
        pending = 20_000;
        chunk(200, Duration.ofSeconds(11));
        chunk(0, Duration.ofMinutes(5));
        logged.clear();

        // when
        chunk(200, Duration.ofSeconds(9));
        chunk(200, Duration.ofSeconds(1));

        // then
        assertThat(logged).containsExactly("19400 deals wait to be evaluated anew; this process does 40 a second");
    }
}
