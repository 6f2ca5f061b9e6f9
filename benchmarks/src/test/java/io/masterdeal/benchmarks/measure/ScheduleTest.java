package io.masterdeal.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When things are due, and from when their latency counts. */
class ScheduleTest {

    @Test
    void things_are_due_at_even_distances() {
        // given
        Schedule schedule = new Schedule(5_000, 0, 250, 0, 2_000_000);

        // then
        assertThat(schedule.due(0)).isEqualTo(5_000);
        assertThat(schedule.due(1) - schedule.due(0)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(4));
        assertThat(schedule.due(1_000_000) - schedule.due(0)).isEqualTo(TimeUnit.SECONDS.toNanos(4000));
        assertThat(schedule.until(250, 1500)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void nothing_is_sent_before_it_is_due() throws Exception {
        // given
        Schedule schedule = Schedule.soon(1000, 0, 50);
        List<Long> since = new ArrayList<>();

        // when
        schedule.run(index -> since.add(schedule.since(index)));

        // then
        assertThat(since).hasSize(50).allMatch(nanos -> nanos >= 0);
    }

    @Test
    void what_one_holds_up_counts_for_those_behind_it() throws Exception {
        // given
        Schedule schedule = Schedule.soon(1000, 0, 20);
        List<Long> since = new ArrayList<>();

        // when the first takes 40 ms
        schedule.run(index -> {
            while (index == 0 && schedule.since(0) < TimeUnit.MILLISECONDS.toNanos(40)) {
                Thread.onSpinWait();
            }
            since.add(schedule.since(index));
        });

        // then the one due after 10 ms is 30 ms late
        assertThat(since.get(10)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
    }
}
