package io.masterdeal.crash.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.crash.fault.Fault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    @Test
    void the_same_seed_gives_the_same_plan_and_another_another() {
        List<Fault> plan = FaultPlan.of(42, 5, 2, 1);

        assertThat(plan).hasSize(8).isEqualTo(FaultPlan.of(42, 5, 2, 1)).isNotEqualTo(FaultPlan.of(43, 5, 2, 1));
    }

    @Test
    void six_kills_meet_every_target_once() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(FaultPlan.of(seed, 6, 0, 0))
                    .extracting(Fault::target)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder(Target.values());
        }
    }

    @Test
    void there_are_as_many_of_each_kind_as_asked_for_and_none_lasts_too_long() {
        for (long seed = 0; seed < 50; seed++) {
            List<Fault> plan = FaultPlan.of(seed, 10, 4, 2);

            assertThat(plan)
                    .extracting(Fault::kind)
                    .filteredOn(Kind.KILL::equals)
                    .hasSize(10);
            assertThat(plan)
                    .extracting(Fault::kind)
                    .filteredOn(Kind.PAUSE::equals)
                    .hasSize(4);
            assertThat(plan)
                    .filteredOn(it -> it.kind() == Kind.PAUSE)
                    .extracting(it -> it.down().toMillis())
                    .as("seed %d", seed)
                    .allMatch(ms -> ms >= 200 && ms <= 8000);
        }
    }
}
