package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demonstration that is interrupted or killed, as a whole or in part, at any moment of its start or run. */
class DemoInterruptTest {

    private static final int LATEST_MS = TestPlatform.isLong() ? 60_000 : 12_000;

    private static final String STARTED = "started in ";

    private static final Map<String, String> TITLES =
            Map.of("kafka", "Kafka", "postgresql", "PostgreSQL", "registry", "The Schema Registry");

    private final long seed = System.nanoTime();

    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    /** One after the other on the same data, since each start takes long: each shows what the previous one left behind. */
    @Test
    void whatever_ends_it_the_next_one_is_good() throws Exception {
        Path data = folder.resolve("data");
        breakOffAtRandomMoments(data);
        // LocalInfrastructureTest loses servers in every run.
        String lastDead = TestPlatform.isLong() ? killServers(data) : "";
        String output = loseOneProcessOfPostgresql(data);
        assertThat(output).as("seed %d", seed).contains(lastDead);
    }

    private void breakOffAtRandomMoments(Path data) throws IOException, InterruptedException {
        boolean killedBefore = false;
        for (int round = 0; round < (TestPlatform.isLong() ? 10 : 1); round++) {
            // given
            try (ChildPlatform demo = ChildPlatform.begin(data, "demo", "--rate=5")) {
                int moment = random.nextInt(LATEST_MS);
                String what = "seed " + seed + ", round " + round + " after " + moment + " ms";
                pass(moment);
                assertThat(demo.process().isAlive())
                        .as(what + "\n" + demo.output())
                        .isTrue();

                // when
                if (round % 3 == 1) {
                    demo.kill();
                } else {
                    int exitCode = demo.interrupt();

                    // then
                    assertThat(exitCode).as(what + "\n" + demo.output()).isEqualTo(ChildPlatform.INTERRUPTED);
                    assertThat(processesOf(data))
                            .as(what + "\n" + demo.output())
                            .isEmpty();
                    assertThat(demo.output()).as(what).doesNotContain("does not start", "unexpectedly", "Exception");
                }
                killedBefore = isToldOf(demo, killedBefore, what);
            }
        }
    }

    /** If a server dies, the demonstration ends with the reason, and the next one says what it found; returns what that will say. */
    private String killServers(Path data) throws IOException, InterruptedException {
        List<String> servers = new ArrayList<>(TITLES.keySet());
        Collections.shuffle(servers, random);
        String lastDead = "";
        for (String server : servers) {
            // given
            try (ChildPlatform demo = ChildPlatform.begin(data, "demo", "--rate=5")) {
                // While the roles start, or after it.
                awaitOutput(demo, random.nextBoolean() ? STARTED : "starting service");
                pass(random.nextInt(3_000));
                long pid = pidOf(data, server);

                // when
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();

                // then
                String what = "seed " + seed + ", " + server + "\n";
                assertThat(demo.awaitEnd()).as(what + demo.output()).isEqualTo(1);
                assertThat(demo.output())
                        .as(what)
                        .contains(TITLES.get(server) + " (process " + pid + ") has ended unexpectedly")
                        .contains("Start again")
                        .contains("The end of its log " + data.resolve("logs").resolve(server + ".log"));
                assertThat(processesOf(data)).as(what + demo.output()).isEmpty();
                assertThat(demo.output().contains("earlier run"))
                        .as(what + demo.output())
                        .isEqualTo(!lastDead.isEmpty());
                assertThat(demo.output()).as(what).contains(lastDead);
                lastDead = TITLES.get(server) + " of an earlier run";
            }
        }
        return lastDead;
    }

    /** PostgreSQL recovers, and no answer becomes wrong; returns what the demonstration printed. */
    private String loseOneProcessOfPostgresql(Path data) throws IOException, InterruptedException {
        // given
        try (ChildPlatform demo =
                ChildPlatform.begin(data, "demo", "--deals=20", "--rate=10", "--once", "--seed=" + seed)) {
            awaitOutput(demo, STARTED);
            pass(random.nextInt(2_000));
            List<ProcessHandle> backends = ProcessHandle.of(pidOf(data, "postgresql"))
                    .orElseThrow()
                    .children()
                    .toList();

            // when
            backends.get(random.nextInt(backends.size())).destroyForcibly();

            // then
            assertThat(demo.awaitEnd())
                    .as("seed " + seed + "\n" + demo.output())
                    .isZero();
            assertThat(demo.output()).contains("every deal stands where the six systems believe it does");
            assertThat(processesOf(data)).as(demo.output()).isEmpty();
            return demo.output();
        }
    }

    /** A run that got far enough says whether the previous one was killed; returns whether this one was killed. */
    private static boolean isToldOf(ChildPlatform demo, boolean killedBefore, String what) throws IOException {
        if (demo.output().contains("starting ")) {
            assertThat(demo.output().contains("was killed; cleaning up"))
                    .as(what + "\n" + demo.output())
                    .isEqualTo(killedBefore);
        }
        return Files.exists(demo.data().resolve("run").resolve("owner.pid"));
    }

    private static void pass(int milliseconds) {
        await().pollDelay(Duration.ofMillis(milliseconds))
                .atMost(Duration.ofMillis(milliseconds + 60_000L))
                .until(() -> true);
    }

    private static void awaitOutput(ChildPlatform demo, String text) {
        await(text)
                .atMost(TestPlatform.PATIENCE)
                .failFast(() ->
                        assertThat(demo.process().isAlive()).as(demo.output()).isTrue())
                .until(() -> demo.output().contains(text));
    }

    private static long pidOf(Path data, String server) throws IOException {
        Path file = server.equals("postgresql")
                ? data.resolve(server).resolve("postmaster.pid")
                : data.resolve("run").resolve(server + ".pid");
        Matcher pid = Pattern.compile("^(?:pid=)?(\\d+)$", Pattern.MULTILINE).matcher(Files.readString(file));
        assertThat(pid.find()).as("%s", file).isTrue();
        return Long.parseLong(pid.group(1));
    }

    /** Living processes that were started for a data directory. PostgreSQL's server ends its own processes. */
    private static List<String> processesOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(data.toString()))
                .toList();
    }
}
