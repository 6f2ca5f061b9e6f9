package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.app.platform.TemporaryDirectory;
import io.masterdeal.crash.fault.Fault;
import io.masterdeal.crash.fault.FaultPlan;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.workload.RandomDeals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever is killed, paused or started again meanwhile: the same events end in the same answers, and nothing is lost. */
class CrashTest {

    private static final int DEALS = 1000;

    /** Enough for all six kills to happen while some are under way. */
    private static final int FEW_DEALS = 200;

    private static final int REPLAYS = Integer.getInteger("masterdeal.replays", 10);

    private static final int KILLS = 10;

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    /** The targets of the clocks are seconds, so they are due while processes are killed. Some events lie ahead. */
    private static final Duration SPAN = Duration.ofSeconds(10);

    private static final Duration LONG_SPAN = Duration.ofSeconds(60);

    private static final Path RESULTS =
            Path.of(System.getProperty("masterdeal.home", "")).resolve("crash/target/crash");

    @Test
    void a_replay_disturbed_by_kills_and_pauses_ends_in_the_answers_of_the_model() throws Exception {
        // given
        long seed = Long.getLong("masterdeal.seed", System.nanoTime());
        CrashPlatform platform = SharedPlatform.get();
        String incidents = platform.query("SELECT count(*) FROM relay_incidents");
        List<Fault> faults = FaultPlan.of(seed, 6, 1, 0);
        String what = "seed " + seed + ", faults " + faults;

        // when
        RunResult result = new CrashRun(platform)
                .run(seed, faults, RandomDeals.generate("C" + Long.toHexString(seed), FEW_DEALS, seed, now(), SPAN));

        // then
        CrashReport.write(RESULTS.resolve("short"), List.of(result));
        assertThat(result.verdict().contradiction()).as(what).isNull();
        assertThat(result.report()).as(what).isEqualTo(SharedPlatform.expectedReport(platform));
        assertThat(result.sent()).as(what).isEqualTo(7L * FEW_DEALS);
        assertThat(Integer.parseInt(platform.query("SELECT count(*) FROM sla_statements WHERE state = 'told'")))
                .as("warnings and breaches told, " + what)
                .isGreaterThan(FEW_DEALS);
        assertThat(platform.query("SELECT count(*) FROM relay_incidents"))
                .as(what)
                .isEqualTo(incidents);
    }

    @Test
    void replays_each_disturbed_in_another_way_give_the_report_of_an_undisturbed_one() throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: takes half an hour; runs in the long run (-Dmasterdeal.long=true, ./masterdeal test --long)");
        // given
        long seed = Long.getLong("masterdeal.seed", System.nanoTime());
        Random seeds = new Random(seed);
        List<RunResult> results = new ArrayList<>();
        RunResult undisturbed = replay(seed, List.of(), seed);
        assertThat(undisturbed.verdict().contradiction()).isNull();
        results.add(undisturbed);

        // when
        for (int replay = 1; replay <= REPLAYS; replay++) {
            long seedOfReplay = seeds.nextLong();
            List<Fault> faults = FaultPlan.of(seedOfReplay, KILLS, 4, 2);
            String what = "seed " + seed + ", replay " + replay + " with seed " + seedOfReplay + ", faults " + faults;
            RunResult result = replay(seedOfReplay, faults, seed);
            results.add(result);
            CrashReport.write(RESULTS.resolve("long"), results);

            // then
            assertThat(result.verdict().contradiction()).as(what).isNull();
            assertThat(result.report()).as(what).isEqualTo(undisturbed.report());
        }
        assertThat(results.stream().mapToLong(RunResult::kills).sum())
                .as("seed %d", seed)
                .isGreaterThanOrEqualTo((long) REPLAYS * KILLS);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Into a platform made for it; the deals begin when it has started.
     *
     * @return the result, with the times of the report counted from there, so that it is the same for the same deals
     */
    private static RunResult replay(long seed, List<Fault> faults, long seedOfDeals) throws Exception {
        try (TemporaryDirectory directory = TemporaryDirectory.unless(null);
                CrashPlatform platform = CrashPlatform.start(Files.createDirectories(directory.path()), 2)) {
            Instant start = now();
            RunResult result = new CrashRun(platform)
                    .run(seed, faults, RandomDeals.generate("L", DEALS, seedOfDeals, start, LONG_SPAN));
            assertThat(result.report()).as("seed " + seed).isEqualTo(SharedPlatform.expectedReport(platform));
            assertThat(platform.query("SELECT count(*) FROM relay_incidents")).isEqualTo("0");
            return new RunResult(
                    result.seed(),
                    result.sent(),
                    result.injected(),
                    result.endedByThemselves(),
                    result.duration(),
                    since(start, result.report()),
                    result.verdict());
        }
    }

    private static String since(Instant start, String report) {
        return TIME.matcher(report)
                .replaceAll(time ->
                        Duration.between(start, Instant.parse(time.group())).toString());
    }
}
