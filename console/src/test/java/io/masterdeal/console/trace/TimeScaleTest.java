package io.masterdeal.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.masterdeal.console.trace.TimeScale.Busy;
import io.masterdeal.console.trace.TimeScale.Fold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeScaleTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    @Test
    void idle_days_are_folded_and_the_rest_is_in_proportion() {
        // given
        long day = Duration.ofDays(1).toMillis();

        // when
        TimeScale scale = new TimeScale(List.of(at(0), at(100), at(day), at(day + 300)), List.of(), 10, 464);

        // then
        assertThat(scale.folds()).singleElement().satisfies(fold -> {
            assertThat(fold.length()).isEqualTo(Duration.ofMillis(day - 100));
            assertThat(fold.x()).isCloseTo(110, within(0.01));
            assertThat(fold.width()).isEqualTo(64);
        });
        assertThat(scale.x(at(0))).isEqualTo(10);
        assertThat(scale.x(at(day + 300))).isCloseTo(474, within(0.01));
    }

    @Test
    void a_time_in_which_something_is_going_on_is_not_folded() {
        // when
        TimeScale scale =
                new TimeScale(List.of(at(0), at(30_000), at(30_100)), List.of(new Busy(at(0), at(30_000))), 0, 300);

        // then
        assertThat(scale.folds()).isEmpty();
    }

    @Test
    void gaps_that_are_alike_are_shown_as_they_are() {
        assertThat(new TimeScale(List.of(at(0), at(2000), at(4000), at(6000), at(8000), at(10_000)), List.of(), 0, 100)
                        .folds())
                .isEmpty();
    }

    @Test
    void nothing_but_idle_time_fills_no_more_than_the_picture() {
        // when
        TimeScale scale = new TimeScale(List.of(at(0), at(90_000_000)), List.of(), 0, 100);

        // then
        assertThat(scale.folds()).extracting(Fold::width).containsExactly(64.0);
        assertThat(scale.x(at(0))).isZero();
    }
}
