package io.masterdeal.role.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.role.delay.DelayController.GroupView;
import io.masterdeal.role.delay.DelayController.StepView;
import io.masterdeal.role.delay.DelayController.WindowView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private static final DelayStep STEP = new DelayStep("accepted", "committed", "from the gateway to the store");

    private Instant now = Instant.parse("2026-11-30T09:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final Delays delays = new Delays(meters, clock(), List.of(STEP));

    private Clock clock() {
        InstantSource source = () -> now;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return source.instant();
            }
        };
    }

    private StepView step() {
        return new DelayController(delays).delays().steps().getFirst();
    }

    @Test
    void tells_count_percentiles_and_groups_of_the_last_minute_and_hour() {
        // given
        for (int i = 0; i < 98; i++) {
            delays.record(STEP, 7);
        }
        delays.record(STEP, 90, 900);

        // when
        WindowView minute = step().lastMinute();

        // then
        assertThat(minute.count()).isEqualTo(100);
        assertThat(minute.p50()).isEqualTo(7);
        assertThat(minute.p99()).isEqualTo(90);
        assertThat(minute.max()).isBetween(890L, 910L);
        assertThat(minute.histogram())
                .containsExactly(new GroupView(10L, 98), new GroupView(100L, 1), new GroupView(1000L, 1));
        assertThat(step().lastHour()).isEqualTo(minute);
    }

    @Test
    void a_minute_forgets_what_an_hour_remembers() {
        // given
        delays.record(STEP, 5);

        // when
        now = now.plus(Duration.ofSeconds(61));

        // then
        assertThat(step().lastMinute()).isEqualTo(new WindowView(0, null, null, null, null, null, List.of()));
        assertThat(step().lastHour().count()).isEqualTo(1);

        // when
        now = now.plus(Duration.ofHours(1));

        // then
        assertThat(step().lastHour().count()).isZero();
    }

    @Test
    void a_place_that_is_used_again_does_not_bring_old_durations_back() {
        // given
        delays.record(STEP, 5);

        // when: the same part of the minute, one round later
        now = now.plus(Duration.ofMinutes(1));
        delays.record(STEP, 3, 3);

        // then
        assertThat(step().lastMinute().count()).isEqualTo(2);
        assertThat(step().lastHour().count()).isEqualTo(3);
    }

    @Test
    void durations_below_zero_and_beyond_all_bounds_are_counted() {
        // when
        delays.record(STEP, -5, Duration.ofDays(400).toMillis());

        // then
        assertThat(step().lastHour().histogram()).containsExactly(new GroupView(1L, 1), new GroupView(null, 1));
        assertThat(meters.get("masterdeal.delay")
                        .tag("from", "accepted")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("masterdeal.delay").timer().max(TimeUnit.DAYS)).isEqualTo(400);
    }
}
