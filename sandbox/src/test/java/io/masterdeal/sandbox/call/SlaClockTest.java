package io.masterdeal.sandbox.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a system understands of the clocks of a deal. */
class SlaClockTest {

    @Test
    void the_clocks_of_an_answer_are_read_in_their_order() {
        DealStanding standing = read("""
                {"stage": "briefed", "sla": [
                  {"policy": "lead-to-close", "object": null, "state": "running", "warned_at": [], "breached_at": null},
                  {"policy": "brief-to-offer", "state": "running", "breached_at": null,
                   "warned_at": [{"percent": 50, "at": "2026-04-06T09:00:00.000Z"}]},
                  {"policy": "legal-review", "object": "legal:case:C-1", "state": "breached", "warned_at": [[80, "x"]],
                   "breached_at": "2026-04-06T09:00:00.000Z"}]}""");

        assertThat(standing.sla())
                .extracting(SlaClock::text)
                .containsExactly(
                        "lead-to-close: running",
                        "brief-to-offer: at risk",
                        "legal-review of legal:case:C-1: breached");
        assertThat(standing.atRisk()).isTrue();
        assertThat(standing.breached()).isTrue();
    }

    @Test
    void a_clock_that_was_met_after_a_warning_is_no_risk_and_one_that_was_cancelled_too_late_is_breached() {
        DealStanding standing = read("""
                {"sla": [
                  {"policy": "a", "state": "met", "warned_at": [[50, "x"]], "breached_at": null},
                  {"policy": "b", "state": "cancelled", "warned_at": [], "breached_at": "2026-04-06T09:00:00.000Z"}]}""");

        assertThat(standing.atRisk()).isFalse();
        assertThat(standing.sla()).extracting(SlaClock::text).containsExactly("a: met", "b: breached");
    }

    @Test
    void an_answer_that_says_itself_whether_a_clock_is_at_risk_is_believed() {
        assertThat(read("{\"sla\": [{\"policy\": \"a\", \"state\": \"running\", \"at_risk\": true}]}")
                        .atRisk())
                .isTrue();
    }

    @Test
    void answers_without_clocks_have_none() {
        assertThat(List.of(read("{}"), read("{\"sla\": null}"), read("{\"sla\": []}")))
                .allSatisfy(standing -> {
                    assertThat(standing.sla()).isEmpty();
                    assertThat(standing.atRisk()).isFalse();
                    assertThat(standing.breached()).isFalse();
                });
    }

    private static DealStanding read(String json) {
        var answer = new JsonMapper().readTree(json);
        return new DealStanding(answer.path("stage").asString("none"), SlaClock.read(answer));
    }
}
