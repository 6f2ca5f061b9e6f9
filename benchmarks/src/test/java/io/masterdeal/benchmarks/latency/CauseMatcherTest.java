package io.masterdeal.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.benchmarks.measure.Schedule;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which event a canonical event answers, and how long that took. */
class CauseMatcherTest {

    private static final LatencyPlan PLAN = new LatencyPlan(100, 1, 1, 1, 1, new LatencyPlan.Stalls(0, 1, 1), 3);

    private final PostedEvents posted = PostedEvents.of(PLAN);

    private final CauseMatcher matcher = new CauseMatcher(posted);

    @Test
    void events_that_share_a_canonical_event_count_each_from_its_own_moment() {
        // given events 100 and 101, due at 0 and 10 ms of the measured part
        Phase phase = Phase.soon(PLAN, 100, 1);
        matcher.count(phase);
        long read = phase.posting().startNanos() + TimeUnit.MILLISECONDS.toNanos(30);

        // when
        matcher.note(List.of(id(100), UUID.randomUUID(), id(101)), 0, 0, read);

        // then
        assertThat(phase.seen().count()).isEqualTo(2);
        assertThat(phase.seen().percentiles().max()).isBetween(29.9, 30.1);
        assertThat(phase.seen().percentiles().p50()).isBetween(19.9, 20.1);
        assertThat(matcher.lastNamed()).isEqualTo(read);
        assertThat(matcher.unnamed(phase.posting()).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(98);
    }

    @Test
    void an_event_that_is_named_again_counts_once() {
        // given
        Phase phase = Phase.soon(PLAN, 100, 1);
        matcher.count(phase);
        matcher.note(List.of(id(100)), 0, 0, phase.posting().startNanos());

        // when
        matcher.note(List.of(id(100)), 0, 0, phase.posting().startNanos() + 1_000_000);

        // then
        assertThat(phase.seen().count()).isOne();
    }

    @Test
    void what_was_due_in_the_warm_up_does_not_count_in_the_measured_part() {
        // given
        Phase phase = Phase.soon(PLAN, 100, 1);
        matcher.count(phase);

        // when
        matcher.note(List.of(id(99)), 0, 0, System.nanoTime());

        // then
        assertThat(phase.seen().count()).isZero();
        assertThat(matcher.unnamed(new Schedule(0, 0, 100, 99, 1))).isEmpty();
    }

    private UUID id(int index) {
        return UUID.fromString(JsonMapper.shared()
                .readTree(posted.post(index).body())
                .get("id")
                .asString());
    }
}
