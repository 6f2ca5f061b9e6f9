package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.app.platform.TemporaryDirectory;
import io.masterdeal.crash.history.Contradiction;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.workload.ExpectedReport;
import io.masterdeal.rulesets.RuleSets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A platform with two services that the short tests share, since starting it takes longer than a test. It keeps everything: each
 * test sends deals of its own, and the check covers everything since its start.
 */
final class SharedPlatform {

    private static @Nullable CrashPlatform shared;

    private SharedPlatform() {}

    static synchronized CrashPlatform get() throws IOException, InterruptedException {
        CrashPlatform platform = shared;
        if (platform == null) {
            TemporaryDirectory directory = TemporaryDirectory.unless(null);
            CrashPlatform started = CrashPlatform.start(directory.path(), 2);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                started.close();
                directory.close();
            }));
            platform = started;
            shared = started;
        }
        return platform;
    }

    /** The report that the platform must give on everything that was sent to it. */
    static String expectedReport(CrashPlatform platform) {
        return ExpectedReport.of(platform.sent().statements(), RuleSets.load("default"));
    }

    /** Everything was published, stored and answered without contradiction, and as the model says. */
    static void assertSound(CrashPlatform platform, String what) throws Exception {
        CrashRun run = new CrashRun(platform);
        run.settle();
        Contradiction contradiction = run.verdict().contradiction();
        assertThat(contradiction).as(what).isNull();
        assertThat(run.report()).as(what).isEqualTo(expectedReport(platform));
    }
}
