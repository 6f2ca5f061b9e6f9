package io.masterdeal.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole measurement, short and slow. */
class LatencyBenchTest {

    @Test
    void every_event_that_is_posted_is_seen_again_and_measured() throws Exception {
        // given
        LatencyPlan plan = new LatencyPlan(200, 10, 8, 2, 1, new LatencyPlan.Stalls(2, 100, 20), 5);
        List<String> progress = new ArrayList<>();

        // when
        LatencyResult result = new LatencyBench(plan, List.of("-XX:TieredStopAtLevel=1")).measure(progress::add);

        // then
        assertThat(result.steady().canonical().count()).isEqualTo(400);
        assertThat(result.steady().answered().count()).isEqualTo(400);
        assertThat(result.steady().read().count()).isEqualTo(20);
        assertThat(result.steady().canonical().max())
                .isGreaterThanOrEqualTo(result.steady().folded().p50());
        assertThat(errors(result.steady())).as(String.join("\n", progress)).containsOnly(0L);
        assertThat(result.stalls()).hasSize(2).allSatisfy(stall -> {
            assertThat(errors(stall.part())).as(String.join("\n", progress)).containsOnly(0L);
            assertThat(stall.part().canonical().count()).isEqualTo(400);
            assertThat(stall.refusedCalls()).isZero();
            assertThat(stall.settled().complete()).isEqualTo(stall.settled().deals());
        });
        assertThat(result.stalls().get(1).settled().deals()).isEqualTo(20);
        assertThat(result.ceiling().count()).isEqualTo(200);
        assertThat(result.cpu()).containsKeys("gateway", "service", "kafka", "postgresql", "sender");
    }

    private static List<Long> errors(LatencyResult.Part part) {
        return List.of(part.refused(), part.unseen(), part.failedReads());
    }
}
