package io.masterdeal.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole measurement, with few deals. */
class GrowthBenchTest {

    @Test
    void both_sizes_are_measured_in_the_same_way() throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: all it uses but the last sum is tried by DealLoaderTest and the other benchmarks; runs in the long run"
                        + " (./masterdeal test --long)");
        // given
        GrowthBench.Options options =
                new GrowthBench.Options(20, 300, 600, 1, 0.3, List.of("-XX:TieredStopAtLevel=1"), 5);
        List<String> progress = new ArrayList<>();

        // when
        GrowthResult result = new GrowthBench(options).measure(progress::add);

        // then
        assertThat(List.of(result.small(), result.large())).allSatisfy(size -> {
            assertThat(size.rounds()).hasSize(1);
            assertThat(size.median().events()).isBetween(1L, 2940L);
            assertThat(size.median().eventsPerSecond()).isPositive();
            assertThat(size.median().heapBytes()).isPositive();
            assertThat(size.databaseBytes()).isPositive();
        });
        assertThat(result.small().deals()).isEqualTo(20);
        assertThat(result.large().deals()).isEqualTo(300);
        assertThat(result.ratio()).isPositive();
        assertThat(result.table()).hasSize(4);
    }
}
