package io.masterdeal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final RetryPolicy STANDARD = RetryPolicy.standard();

    @Test
    void pauses_double_up_to_the_longest_and_vary_by_up_to_a_half() {
        List<Long> longest = List.of(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
        for (int repeats = 0; repeats < longest.size(); repeats++) {
            int repeat = repeats;
            List<Long> pauses = IntStream.range(0, 500)
                    .mapToObj(_ -> STANDARD.pause(repeat, null).toMillis())
                    .toList();

            assertThat(pauses)
                    .allSatisfy(pause -> assertThat(pause).isBetween(longest.get(repeat) / 2 - 1, longest.get(repeat)))
                    .hasSizeGreaterThan(1)
                    .anySatisfy(pause -> assertThat(pause).isGreaterThan(longest.get(repeat) * 3 / 4))
                    .anySatisfy(pause -> assertThat(pause).isLessThan(longest.get(repeat) * 3 / 4));
        }
        assertThat(STANDARD.pause(1_000_000, null)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void the_server_may_ask_for_a_longer_pause_up_to_a_bound() {
        assertThat(STANDARD.pause(0, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(STANDARD.pause(0, Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(30));
        assertThat(STANDARD.pause(0, Duration.ZERO)).isBetween(Duration.ofMillis(99), Duration.ofMillis(200));
    }

    @Test
    void a_negative_duration_and_a_first_pause_of_zero_are_refused() {
        assertThatThrownBy(() -> STANDARD.withPatience(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, false))
                .hasMessageContaining("firstPause");
    }
}
