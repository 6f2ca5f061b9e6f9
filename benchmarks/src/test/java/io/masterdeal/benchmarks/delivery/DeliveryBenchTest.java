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
        DeliveryPlan plan = new DeliveryPlan(40, 300, 1, 1, 10, 100, 1, 1_000, 1);
        List<String> progress = new ArrayList<>();

        // when
        DeliveryResult result = new DeliveryBench(plan, List.of()).measure(progress::add);

        // then
        String told = String.join("\n", progress);
        assertThat(result.rates()).as(told).hasSize(1).allMatch(it -> it > 0);
        assertThat(result.bare()).hasSize(1).allMatch(it -> it > 0);
        assertThat(result.latency().count()).as(told).isEqualTo(result.halfLoad());
        assertThat(result.undisturbed()).hasSize(1);
        assertThat(result.poisoned()).hasSize(1);
        assertThat(result.besideSlow()).hasSize(1);
        // The thousand, and all that was delivered before: two floods, two steady parts, three runs, the slow sink's
        // own;
        // and the error event of the dead letter, which the platform's own subscription has filtered.
        assertThat(result.ledgerRows()).isEqualTo(1_000 + 2 * 300 + 2L * result.halfLoad() + 4 * 100 + 1);
        assertThat(result.filledRates()).hasSize(1).allMatch(it -> it > 0);
        assertThat(result.repeats()).isZero();
        assertThat(result.cpu()).containsKeys("router", "kafka", "postgresql", "sender and subscriber");
    }
}
