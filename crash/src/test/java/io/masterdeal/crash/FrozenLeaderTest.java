package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.crash.workload.RandomDeals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The process that publishes is frozen under load: its sessions stay open, and another process still takes over. */
class FrozenLeaderTest {

    @Test
    void a_leader_that_is_frozen_is_replaced_and_what_it_does_when_it_wakes_up_changes_nothing() throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: in the short run RelayTakeOverTest of the service cuts a leader off; a frozen process is for the"
                        + " long run (./masterdeal test --long)");
        // given
        CrashPlatform platform = SharedPlatform.get();
        long epoch = epoch(platform);
        try (Load load = new Load(platform, RandomDeals.generate("frozen", 100, 7), 6)) {
            load.sendShare();
            load.sendShare();
            await("one relays")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> platform.leader().isPresent());
            SupervisedRole frozen = platform.leader().orElseThrow();

            // when
            assertThat(frozen.pause()).isTrue();
            try {
                load.sendShare();
                load.sendShare();
                await("another one relays")
                        .atMost(Duration.ofMinutes(1))
                        .until(() ->
                                platform.leader().filter(it -> it != frozen).isPresent());
            } finally {
                frozen.resume();
            }
            load.finish();
        }

        // then
        SharedPlatform.assertSound(platform, "after a frozen leader");
        assertThat(epoch(platform)).isGreaterThan(epoch);
    }

    private static long epoch(CrashPlatform platform) throws Exception {
        return Long.parseLong(platform.query("SELECT coalesce(max(epoch), 0) FROM leases"));
    }
}
