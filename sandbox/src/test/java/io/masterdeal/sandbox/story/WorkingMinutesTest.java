package io.masterdeal.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The working hours of a demonstration. */
class WorkingMinutesTest {

    private static final Instant HOUR = Instant.parse("2026-04-06T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // working time: until shortly before it ends
        "10:00:00.000, PT54S",
        "10:00:50.000, PT4S",
        "10:00:54.000, PT0S",
        "10:00:59.999, PT0S",
        // closed, and long enough
        "10:01:00.000, PT0S",
        "10:01:40.000, PT0S",
        // closed, but soon open
        "10:01:40.001, PT1M13.999S",
        "10:01:59.000, PT55S",
    })
    void somebody_who_wants_to_wait_over_closing_time_waits_until_shortly_before_it(String time, Duration wait) {
        assertThat(WorkingMinutes.untilClosingTime(Instant.parse("2026-04-06T" + time + "Z")))
                .isEqualTo(wait);
    }

    @Test
    void whenever_that_begins_most_of_half_a_minute_from_two_seconds_later_on_is_closed() {
        for (int second = 0; second < 3600; second++) {
            Instant now = HOUR.plusSeconds(second);
            Instant begun = now.plus(WorkingMinutes.untilClosingTime(now)).plusSeconds(2);
            long worked = 0;
            for (int later = 0; later < 24; later++) {
                worked += WorkingMinutes.isWorkingTime(begun.plusSeconds(later)) ? 1 : 0;
            }
            assertThat(worked).as(now + ", of the 15 s of a quick contract").isLessThan(12);
        }
    }

    @Test
    void a_minute_of_work_follows_each_closed_one() {
        assertThat(WorkingMinutes.isWorkingTime(HOUR)).isTrue();
        assertThat(WorkingMinutes.isWorkingTime(HOUR.plusMillis(59_999))).isTrue();
        assertThat(WorkingMinutes.isWorkingTime(HOUR.plusSeconds(60))).isFalse();
        assertThat(WorkingMinutes.isWorkingTime(HOUR.plusSeconds(120))).isTrue();
    }
}
