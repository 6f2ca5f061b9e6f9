package io.masterdeal.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    /** The clock may begin anywhere, and pass the largest number. */
    @ParameterizedTest
    @ValueSource(longs = {0, -5, 1_234_567_890_123L, Long.MAX_VALUE - SECOND / 2})
    void as_many_as_allowed_pass_at_once_and_then_one_each_share_of_a_second(long start) {
        // given
        var limit = new RateLimit(100, start);

        // then
        assertThat(passed(limit, start, 500)).isEqualTo(100);
        assertThat(passed(limit, start + SECOND / 100, 5)).isEqualTo(1);
        assertThat(passed(limit, start + SECOND / 2, 500)).isEqualTo(49);
    }

    @Test
    void a_long_silence_saves_no_more_than_a_second() {
        // given
        var limit = new RateLimit(100, 0);

        // then
        assertThat(passed(limit, 1000 * SECOND, 500)).isEqualTo(100);
    }

    private static long passed(RateLimit limit, long now, int asked) {
        return LongStream.range(0, asked).filter(i -> limit.tryAcquire(now)).count();
    }
}
