package io.masterdeal.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much of the time folding takes; what it does is the store's business, and tested there. */
class FoldWorkerTest {

    private static final Duration TOOK = Duration.ofMillis(70);

    @Test
    void while_events_come_in_folding_takes_no_more_than_half_of_the_time() {
        assertThat(FoldWorker.pause(200, TOOK, true)).isEqualTo(70);
    }

    @Test
    void a_chunk_that_took_long_is_followed_by_a_short_pause_all_the_same() {
        assertThat(FoldWorker.pause(200, Duration.ofMinutes(1), true)).isEqualTo(200);
    }

    @Test
    void if_nothing_else_is_to_be_done_the_next_chunk_follows_at_once() {
        assertThat(FoldWorker.pause(1, TOOK, false)).isZero();
    }

    @Test
    void if_no_deal_waits_the_next_look_is_a_fifth_of_a_second_later() {
        assertThat(FoldWorker.pause(0, TOOK, false)).isEqualTo(200);
        assertThat(FoldWorker.pause(0, TOOK, true)).isEqualTo(200);
    }

    @Test
    void while_events_come_in_a_chunk_has_as_many_deals_as_take_a_moment() {
        assertThat(FoldWorker.nextChunk(200, Duration.ofMillis(400), true)).isEqualTo(20);
        assertThat(FoldWorker.nextChunk(20, Duration.ofMillis(20), true)).isEqualTo(40);
        assertThat(FoldWorker.nextChunk(20, Duration.ofMillis(1), true)).isEqualTo(40);
        assertThat(FoldWorker.nextChunk(20, Duration.ofMinutes(1), true)).isEqualTo(10);
        assertThat(FoldWorker.nextChunk(150, Duration.ofMillis(1), true)).isEqualTo(200);
    }

    @Test
    void if_nothing_else_is_to_be_done_many_are_folded_at_once() {
        assertThat(FoldWorker.nextChunk(10, Duration.ofMinutes(1), false)).isEqualTo(200);
    }
}
