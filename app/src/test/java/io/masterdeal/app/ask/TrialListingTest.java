package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The output about what other policies would give for a deal. */
class TrialListingTest {

    private final ObjectNode trial = (ObjectNode) JsonMapper.shared().readTree("""
            {"at":"2026-04-06T12:00:00.000Z","rules":"default",
             "now":{"policies":"default@1","report":{"root":"crm:deal:D-1","stage":"briefed","outcome":"open","clocks":[]}},
             "tried":{"policies":"ours@2","report":{"root":"crm:deal:D-1","stage":"briefed","outcome":"open","clocks":[]}}}""");

    private void clock(String side, String policy, String state, String... cycles) {
        clockOf(side, policy, null, state, cycles);
    }

    private void clockOf(String side, String policy, @Nullable String object, String state, String... cycles) {
        ObjectNode clock = ((ArrayNode) trial.path(side).path("report").path("clocks"))
                .addObject()
                .put("policy", policy)
                .put("object", object)
                .put("end_to_end", false)
                .put("state", state);
        ArrayNode list = clock.putArray("cycles");
        for (String cycle : cycles) {
            JsonNode empty = JsonMapper.shared()
                    .readTree("{\"breached_at\":null,\"due_at\":null,\"no_due\":null,\"target\":0,\"spent\":0}");
            list.add(
                    ((ObjectNode) empty).setAll((ObjectNode) JsonMapper.shared().readTree("{" + cycle + "}")));
        }
    }

    private String listing() {
        return String.join("\n", TrialListing.lines(new TerminalText(Ansi.OFF), trial)) + "\n";
    }

    @Test
    void each_clock_that_differs_is_a_line_with_what_is_and_what_would_be() {
        clock("now", "offer", "met", "\"due_at\":\"2026-04-09T09:00:00.000Z\",\"target\":2");
        clock(
                "tried",
                "offer",
                "breached",
                "\"due_at\":\"2026-04-06T09:00:00.000Z\",\"breached_at\":\"2026-04-06T09:00:00.000Z\",\"target\":1");
        clockOf("now", "review", "legal:case:L-1", "paused", "\"no_due\":\"paused\"");
        clockOf("tried", "review", "legal:case:L-1", "running", "\"due_at\":\"2026-04-09T09:00:00.000Z\"");
        clockOf("now", "review", "legal:case:L-2", "running", "\"spent\":1");
        clockOf("tried", "review", "legal:case:L-2", "running", "\"spent\":1");

        assertThat(listing()).isEqualTo("""
                crm:deal:D-1  briefed  open  at 2026-04-06T12:00:00.000Z
                policies default@1 -> ours@2
                  offer                   met -> breached    due 2026-04-09T09:00:00.000Z -> 2026-04-06T09:00:00.000Z; breached never -> 2026-04-06T09:00:00.000Z; also target
                  review  legal:case:L-1  paused -> running  due paused -> 2026-04-09T09:00:00.000Z
                  1 clock is the same
                """);
    }

    @Test
    void clocks_that_come_and_go_are_told_in_the_order_of_their_reports() {
        clock("now", "offer", "met", "\"due_at\":\"2026-04-09T09:00:00.000Z\"");
        clock("now", "invoice", "not_started");
        clock("tried", "invoice", "not_started");
        clock("tried", "call", "running", "\"due_at\":\"2026-04-07T09:00:00.000Z\"");

        assertThat(listing()).isEqualTo("""
                crm:deal:D-1  briefed  open  at 2026-04-06T12:00:00.000Z
                policies default@1 -> ours@2
                  offer  met -> none
                  call   none -> running  due none -> 2026-04-07T09:00:00.000Z
                  1 clock is the same
                """);
    }

    @Test
    void what_differs_beside_state_and_due_time_is_named() {
        clock("now", "one", "met", "\"spent\":1", "\"spent\":5");
        clock("tried", "one", "met", "\"spent\":2", "\"spent\":5");
        clock("now", "two", "met", "\"spent\":1,\"target\":2");
        clock("tried", "two", "met", "\"spent\":3,\"target\":4");
        clock("now", "three", "met", "\"spent\":1");
        clock("tried", "three", "met", "\"spent\":1", "\"spent\":1");

        assertThat(listing()).isEqualTo("""
                crm:deal:D-1  briefed  open  at 2026-04-06T12:00:00.000Z
                policies default@1 -> ours@2
                  one    met  only earlier cycles
                  two    met  only spent, target
                  three  met  cycles 1 -> 2
                """);
    }

    @Test
    void that_nothing_differs_is_said() {
        clock("now", "offer", "met", "\"spent\":1");
        clock("tried", "offer", "met", "\"spent\":1");

        assertThat(listing()).endsWith("policies default@1 -> ours@2\n  nothing differs\n");
    }
}
