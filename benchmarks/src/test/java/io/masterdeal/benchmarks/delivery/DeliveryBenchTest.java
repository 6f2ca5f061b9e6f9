package io.masterdeal.benchmarks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole measurement, short. */
class DeliveryBenchTest {

    @Test
    void every_event_reaches_the_subscriber_in_every_part_and_the_ledger_is_whole() throws Exception {
        // given
        DeliveryPlan plan = new DeliveryPlan(20, 150, 1, 1, 5, 50, 1, 500, 1);
        List<String> progress = new ArrayList<>();

        // when
        DeliveryResult result = new DeliveryBench(plan, List.of("-XX:TieredStopAtLevel=1")).measure(progress::add);

        // then
        String told = String.join("\n", progress);
        assertThat(result.rates()).as(told).hasSize(1).allMatch(it -> it > 0);
        assertThat(result.bare()).hasSize(1).allMatch(it -> it > 0);
        assertThat(result.latency().count()).as(told).isEqualTo(result.halfLoad());
        assertThat(result.undisturbed()).hasSize(1);
        assertThat(result.poisoned()).hasSize(1);
        assertThat(result.besideSlow()).hasSize(1);
        // The five hundred, and all that was delivered before: two floods, two steady parts, three runs, the slow
        // sink's
        // own;
        // and the error event of the dead letter, which the platform's own subscription has filtered.
        assertThat(result.ledgerRows()).isEqualTo(500 + 2 * 150 + 2L * result.halfLoad() + 4 * 50 + 1);
        assertThat(result.filledRates()).hasSize(1).allMatch(it -> it > 0);
        assertThat(result.repeats()).isZero();
        assertThat(result.cpu()).containsKeys("router", "kafka", "postgresql", "sender and subscriber");
    }
}
