package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.app.demo.Demo;
import io.masterdeal.app.demo.DemoSummary;
import io.masterdeal.app.demo.FaultInjectionRates;
import io.masterdeal.app.demo.SimulationSettings;
import io.masterdeal.app.platform.Role;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six systems do business through the whole platform: faults in messages never make an answer wrong. */
class DemoTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private static final Pattern COMMA = Pattern.compile(", ");

    private TestPlatform platform;

    @BeforeEach
    void start() throws Exception {
        // The sandbox remembers all its events, so each demonstration starts a new one.
        // Subscriptions of other tests may appear too.
        TestPlatform.with("default", Role.WITHOUT_PAGES).forgetRouted();
        platform = TestPlatform.empty("default", EnumSet.complementOf(EnumSet.of(Role.CONSOLE)));
    }

    @Test
    void whatever_goes_wrong_but_loss_leaves_every_deal_where_the_systems_believe_it(@TempDir Path folder)
            throws Exception {
        // given
        Path events = folder.resolve("events.jsonl");
        Path report = folder.resolve("report.jsonl");
        try (Demo demo = demo()) {

            // when
            DemoSummary summary = run(
                    demo,
                    new SimulationSettings(40, 40, 7, "whole", new FaultInjectionRates(0, 20, 20, 10, 10, 10, 20)));
            demo.writeEvents(events);
            demo.writeReport(report);

            // then
            assertThat(summary.isGood()).as(told(summary)).isTrue();
            assertThat(summary.expected().deals()).hasSize(40);
            assertThat(summary.varieties()).doesNotContainKey("broken");
            assertThat(told(summary))
                    .contains("lead_created ", "briefed ", "offer_ready ", "contracting ", "closing ", "closed ")
                    .contains("won ", "lost ", "cancelled ", "open ")
                    .containsPattern("clocks +[0-9]+ running")
                    .doesNotContainPattern("clocks +0 running, 0 paused, 0 of them at risk; 0 met");

            // and the summary shows that all faults happened
            assertThat(messages(summary).keySet())
                    .containsExactly(
                            "emitted",
                            "lost",
                            "duplicated",
                            "reordered",
                            "delayed",
                            "slow answers",
                            "failed answers",
                            "outages");
            assertThat(messages(summary))
                    .allSatisfy((kind, count) ->
                            assertThat(count > 0).as(told(summary)).isEqualTo(!kind.equals("lost")));
        }
        Path expected = folder.resolve("expected.jsonl");
        Reference.run(folder.resolve("told"), "oracle.py", "--facts", events.toString(), "--out", expected.toString());
        assertThat(Files.readString(report)).isEqualTo(Files.readString(expected));
    }

    /** The counts in the summary's line on messages. */
    private static Map<String, Long> messages(DemoSummary summary) {
        String line = told(summary)
                .lines()
                .filter(each -> each.startsWith("messages "))
                .findFirst()
                .orElseThrow();
        Map<String, Long> counts = new LinkedHashMap<>();
        COMMA.splitAsStream(line.substring("messages ".length()).strip()).forEach(part -> {
            int space = part.lastIndexOf(' ');
            counts.put(part.substring(0, space), Long.valueOf(part.substring(space + 1)));
        });
        return counts;
    }

    @Test
    void the_deals_whose_messages_were_lost_are_named_and_no_others() throws Exception {
        try (Demo demo = demo()) {
            // when
            DemoSummary summary = run(
                    demo, new SimulationSettings(60, 40, 11, "losing", new FaultInjectionRates(1, 5, 5, 3, 2, 2, 3)));

            // then
            LostEvents lost = LostEvents.read(new PlatformClient(
                    "sandbox",
                    Objects.requireNonNull(platform.addresses().sandbox()),
                    ApiKeys.read(platform.addresses().apiKeys(), "operator")));
            assertThat(lost.deals()).isNotEmpty().hasSizeLessThan(60);
            assertThat(summary.isGood()).isFalse();
            assertThat(summary.complete()).as(told(summary)).isTrue();
            assertThat(summary.differences().keySet()).as(told(summary)).isEqualTo(lost.deals());

            // and each of them only because of lost events
            assertThat(told(summary)).doesNotContain("not because of what was lost");
        }
    }

    private Demo demo() {
        RuleSet rules = RuleSets.load("default");
        return new Demo(
                platform.addresses(),
                platform.servers(),
                rules,
                SlaFiles.load(SlaFiles.DEFAULT, SlaFiles.DEFAULT, rules));
    }

    private static DemoSummary run(Demo demo, SimulationSettings settings) throws InterruptedException {
        demo.start(settings);
        return demo.summarize(demo.watch(TIMEOUT, _ -> {}));
    }

    private static String told(DemoSummary summary) {
        StringWriter told = new StringWriter();
        summary.print(new PrintWriter(told));
        return told.toString();
    }
}
