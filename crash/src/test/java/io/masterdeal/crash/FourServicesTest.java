package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.crash.workload.RandomDeals;
import org.junit.jupiter.api.Test;

/** Four service processes share one replay, and all of them are killed before it ends. */
class FourServicesTest {

    @Test
    void four_services_of_which_one_after_another_is_killed_and_replaced_give_the_answers_of_the_model()
            throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: in the short run CrashTest kills one and all of two services; four are for the long run"
                        + " (./masterdeal test --long)");
        // given
        CrashPlatform platform = SharedPlatform.get();
        platform.setServices(4);
        try (Load load = new Load(platform, RandomDeals.generate("four", 200, 4), 10)) {
            load.sendShare();
            load.sendShare();

            // when
            for (SupervisedRole service : platform.services()) {
                assertThat(service.kill()).as(service.name()).isTrue();
                load.sendShare();
                service.start();
                load.sendShare();
                platform.awaitUp(service);
            }

            // then
            assertThat(load.finish()).isEqualTo(1400);
            SharedPlatform.assertSound(platform, "after four services were killed");
        } finally {
            platform.setServices(2);
        }
    }
}
