package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.crash.stand.RoleProcess;
import io.masterdeal.crash.stand.Stand;
import io.masterdeal.crash.story.DealStories;
import org.junit.jupiter.api.Test;

/** Four service processes share one replay, and none of them sees its end. */
class FourServicesTest {

    @Test
    void four_services_of_which_one_after_another_is_killed_and_replaced_give_the_answers_of_the_model()
            throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: in the short run CrashTest kills one and all of two services; four are for the long run"
                        + " (./masterdeal test --long)");
        // given
        Stand stand = SharedStand.get();
        stand.setServices(4);
        try (Load load = new Load(stand, DealStories.tell("four", 200, 4), 10)) {
            load.sendShare();
            load.sendShare();

            // when
            for (RoleProcess service : stand.services()) {
                assertThat(service.kill()).as(service.name()).isTrue();
                load.sendShare();
                service.start();
                load.sendShare();
                stand.awaitUp(service);
            }

            // then
            assertThat(load.finish()).isEqualTo(1400);
            SharedStand.assertSound(stand, "after four services were killed");
        } finally {
            stand.setServices(2);
        }
    }
}
