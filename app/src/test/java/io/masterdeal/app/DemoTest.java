package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.app.client.ServiceClient;
import io.masterdeal.app.demo.Conclusion;
import io.masterdeal.app.demo.Demo;
import io.masterdeal.app.demo.Play;
import io.masterdeal.app.platform.Role;
import io.masterdeal.contracts.access.ApiKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Six systems do business through the whole platform: what goes wrong with messages never makes an answer wrong. */
class DemoTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private TestPlatform platform;

    @BeforeEach
    void start() throws Exception {
        // The sandbox remembers all it ever emitted, so each demonstration begins with a new one.
        TestPlatform.with("default", Role.ALL);
        platform = TestPlatform.empty("default", EnumSet.allOf(Role.class));
    }

    @Test
    void late_repeated_and_reordered_messages_leave_every_deal_where_the_systems_believe_it(@TempDir Path folder)
            throws Exception {
        // given
        Path events = folder.resolve("events.jsonl");
        Path report = folder.resolve("report.jsonl");
        try (Demo demo = demo()) {

            // when
            Conclusion conclusion = play(demo, new Play(80, 20, 7, "whole", 0, 20, 20));
            demo.writeEvents(events);
            demo.writeReport(report);

            // then
            assertThat(conclusion.isGood()).as(told(conclusion)).isTrue();
            assertThat(conclusion.believed().deals()).hasSize(80);
            assertThat(conclusion.simulation().counts().get("duplicated")).isPositive();
            assertThat(conclusion.simulation().counts().get("reordered")).isPositive();
            assertThat(conclusion.varieties()).doesNotContainKey("broken");
            assertThat(told(conclusion))
                    .contains("lead_created ", "briefed ", "offer_ready ", "contracting ", "closing ", "closed ")
                    .contains("won ", "lost ", "cancelled ", "open ");
        }
        Path expected = folder.resolve("expected.jsonl");
        Reference.run(folder.resolve("told"), "oracle.py", "--facts", events.toString(), "--out", expected.toString());
        assertThat(Files.readString(report)).isEqualTo(Files.readString(expected));
    }

    @Test
    void the_deals_whose_messages_were_lost_are_named_and_no_others() throws Exception {
        try (Demo demo = demo()) {
            // when
            Conclusion conclusion = play(demo, new Play(60, 20, 11, "losing", 1, 5, 5));

            // then
            TreeSet<String> losers = new TreeSet<>();
            ServiceClient sandbox = new ServiceClient(
                    "sandbox",
                    Objects.requireNonNull(platform.addresses().sandbox()),
                    ApiKeys.read(platform.addresses().apiKeys(), "operator"));
            sandbox.forEach("/simulation/events", item -> {
                if (item.path("lost").booleanValue()) {
                    losers.add(item.path("deal").stringValue());
                }
            });
            assertThat(losers).isNotEmpty();
            assertThat(conclusion.isGood()).isFalse();
            assertThat(conclusion.complete()).as(told(conclusion)).isTrue();
            assertThat(conclusion.differences().keySet()).as(told(conclusion)).containsAll(losers);
            for (JsonNode deal : deals(sandbox)) {
                String key = deal.path("deal").stringValue();
                boolean shared = deal.path("story").stringValue().equals("frame-contract");
                if (!losers.contains(key) && !shared) {
                    assertThat(conclusion.differences()).as(told(conclusion)).doesNotContainKey(key);
                }
            }
        }
    }

    private static Iterable<JsonNode> deals(ServiceClient sandbox) throws InterruptedException {
        return sandbox.get("/simulation/deals?limit=1000").path("items");
    }

    private Demo demo() {
        return new Demo(platform.addresses(), platform.servers(), "default");
    }

    private static Conclusion play(Demo demo, Play play) throws InterruptedException {
        demo.start(play);
        return demo.conclude(demo.watch(TIMEOUT, _ -> {}));
    }

    private static String told(Conclusion conclusion) {
        StringWriter told = new StringWriter();
        conclusion.print(new PrintWriter(told));
        return told.toString();
    }
}
