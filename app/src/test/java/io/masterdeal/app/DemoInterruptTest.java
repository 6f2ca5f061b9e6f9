package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demonstration that is broken off, politely or not, at any moment of its start and of its run. */
class DemoInterruptTest {

    private static final int LATEST_MS = 20_000;

    @Test
    void broken_off_at_random_moments_it_leaves_nothing_behind_that_would_spoil_the_next_one(@TempDir Path folder)
            throws Exception {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        for (int round = 0; round < (TestPlatform.isLong() ? 10 : 1); round++) {
            try (ChildPlatform demo = ChildPlatform.begin(data, "demo", "--rate=5")) {
                int moment = random.nextInt(LATEST_MS);
                String what = "seed " + seed + ", round " + round + " after " + moment + " ms";
                await(what)
                        .pollDelay(Duration.ofMillis(moment))
                        .atMost(Duration.ofMillis(moment + 60_000L))
                        .until(() -> true);
                assertThat(demo.process().isAlive())
                        .as(what + "\n" + demo.output())
                        .isTrue();

                // when
                if (random.nextInt(3) == 0) {
                    demo.kill();
                } else {
                    // A TERM signal: it goes the way of Ctrl-C, which is ignored where tests run in the background.
                    int exitCode = demo.terminate();

                    // then
                    assertThat(exitCode).as(what).isEqualTo(143);
                    await(what + ": its servers are gone")
                            .atMost(TestPlatform.PATIENCE)
                            .untilAsserted(() -> assertThat(processesOf(data)).isEmpty());
                }
            }
        }

        // then
        try (ChildPlatform demo = ChildPlatform.begin(data, "demo", "--deals=5", "--once", "--seed=3")) {
            assertThat(demo.awaitEnd())
                    .as("seed " + seed + "\n" + demo.output())
                    .isZero();
            assertThat(demo.output()).contains("every deal stands where the six systems believe it does");
            await("its servers are gone")
                    .atMost(TestPlatform.PATIENCE)
                    .untilAsserted(() -> assertThat(processesOf(data)).isEmpty());
        }
    }

    private static List<String> processesOf(Path data) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(data.toString()))
                .toList();
    }
}
