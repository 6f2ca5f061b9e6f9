package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.app.platform.TemporaryDirectory;
import io.masterdeal.crash.history.Contradiction;
import io.masterdeal.crash.stand.Stand;
import io.masterdeal.crash.story.ExpectedReport;
import io.masterdeal.rulesets.RuleSets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A platform with two services that the short tests share, for to start it takes longer than to disturb it. It forgets
 * nothing: each test tells of deals of its own, and what is checked is everything since its beginning.
 */
final class SharedStand {

    private static @Nullable Stand shared;

    private SharedStand() {}

    static synchronized Stand get() throws IOException, InterruptedException {
        Stand stand = shared;
        if (stand == null) {
            TemporaryDirectory directory = TemporaryDirectory.unless(null);
            Stand started = Stand.start(directory.path(), 2);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                started.close();
                directory.close();
            }));
            stand = started;
            shared = started;
        }
        return stand;
    }

    /** The report that a platform has to give that was sent all this. */
    static String expectedReport(Stand stand) {
        return ExpectedReport.of(stand.sent().statements(), RuleSets.load("default"));
    }

    /** Everything was published, stored and answered without contradiction, and as the model says. */
    static void assertSound(Stand stand, String what) throws Exception {
        CrashRun run = new CrashRun(stand);
        run.settle();
        Contradiction contradiction = run.verdict().contradiction();
        assertThat(contradiction).as(what).isNull();
        assertThat(run.report()).as(what).isEqualTo(expectedReport(stand));
    }
}
