package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.app.platform.TemporaryDirectory;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SmallDisk;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.crash.workload.RandomDeals;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PostgreSQL's disk is full for a while, to the last byte. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void what_the_gateway_takes_while_the_disk_is_full_is_stored_when_there_is_space_again() throws Exception {
        // given
        String obstacle = SmallDisk.obstacle();
        assumeTrue(
                obstacle.isEmpty(),
                "SKIPPED: this system lets us mount no small disk (unshare --user --mount): " + obstacle);
        // With far fewer deals, everything would still fit into the log segment that exists already.
        try (TemporaryDirectory directory = TemporaryDirectory.unless(null)) {
            SmallDisk disk = SmallDisk.start(directory.path());
            try (CrashPlatform platform = CrashPlatform.start(directory.path(), 1, () -> disk);
                    Load load = new Load(platform, RandomDeals.generate("disk", 1000, 2), 10)) {
                SupervisedRole service = platform.services().getFirst();
                load.sendShare();
                await("some of it is stored")
                        .atMost(PATIENCE)
                        .until(() ->
                                !platform.query("SELECT count(*) FROM facts").equals("0"));

                // when
                disk.fill();
                for (int share = 1; share < 8; share++) {
                    load.sendShare();
                }

                // then
                await("the service says that it waits, and why")
                        .atMost(PATIENCE)
                        .until(() -> platform.ask(service, "/actuator/health/readiness")
                                .contains("OUT_OF_SERVICE"));
                await("the log and PostgreSQL name the disk")
                        .atMost(PATIENCE)
                        .until(() -> Files.readString(service.log()).contains("No space left on device"));
                assertThat(platform.ask(platform.gateway(), "/actuator/health/readiness"))
                        .contains("UP");

                // when
                disk.free();

                // then
                assertThat(load.finish()).isEqualTo(7000);
                SharedPlatform.assertSound(platform, "after the disk was full\n" + disk.output());
                await("the service is healthy again")
                        .atMost(PATIENCE)
                        .until(() -> !platform.ask(service, "/actuator/health/readiness")
                                .contains("OUT_OF_SERVICE"));
            }
        }
    }
}
