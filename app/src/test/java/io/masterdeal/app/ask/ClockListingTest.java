package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

/** The output about the clocks of a deal. */
class ClockListingTest {

    private static String listing(String report) {
        return String.join(
                        "\n",
                        ClockListing.lines(
                                new TerminalText(Ansi.OFF), JsonMapper.shared().readTree(report))) + "\n";
    }

    private static String cycle(String fields) {
        return "{\"breached_at\":null,\"cancelled_at\":null,\"due_at\":null,\"no_due\":null,\"stopped_at\":null,\"warned_at\":[],"
                + fields + "}";
    }

    @Test
    void each_clock_is_a_line_with_what_is_spent_and_how_it_ends() {
        String report = """
                {"root":"crm:deal:D-1","stage":"briefed","outcome":"open","next_at":"2026-04-07T14:00:00.000Z","clocks":[
                 {"policy":"brief-to-offer","object":null,"state":"running","cycles":[%s]},
                 {"policy":"legal-review","object":"legal:case:L-1","state":"breached","cycles":[%s,%s]},
                 {"policy":"invoice","object":null,"state":"not_started","cycles":[]}]}""".formatted(
                        cycle(
                                        "\"spent\":45000000,\"target\":86400000,\"remaining\":41400000,"
                                                + "\"due_at\":\"2026-04-09T09:00:00.000Z\",\"warned_at\":[[50,\"2026-04-07T14:00:00.000Z\"]]")
                                .replaceFirst("\"due_at\":null,", "")
                                .replaceFirst("\"warned_at\":\\[],", ""),
                        cycle("\"spent\":0,\"target\":0,\"remaining\":0"),
                        cycle(
                                        "\"spent\":90000,\"target\":60000,\"remaining\":-30000,\"breached_at\":\"2026-04-06T09:00:00.000Z\"")
                                .replaceFirst("\"breached_at\":null,", ""));

        assertThat(listing(report)).isEqualTo("""
                crm:deal:D-1  briefed  open
                  brief-to-offer                          running   12h30m of 24h  due 2026-04-09T09:00:00.000Z, past 50 %
                  legal-review (cycle 2)  legal:case:L-1  breached  1m30s of 1m    breached at 2026-04-06T09:00:00.000Z, 30s over
                  invoice                                 not started
                changes next at 2026-04-07T14:00:00.000Z
                """);
    }

    @Test
    void a_deal_without_clocks_says_so() {
        assertThat(listing("""
                {"root":"crm:deal:D-1","stage":"none","outcome":"open","next_at":null,"clocks":[]}""")).isEqualTo("""
                crm:deal:D-1  none  open
                  no clocks: no policy applies
                """);
    }
}
