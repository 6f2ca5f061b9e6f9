package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

class DelayListingTest {

    @Test
    void each_step_is_a_line_with_its_delays_in_units_that_people_read() {
        // given
        var service = JsonMapper.shared().readTree("""
                [{"from":"occurred","to":"accepted","last_minute":{"count":0,"histogram":[]},
                  "last_hour":{"count":120,"p50_ms":950,"p90_ms":4000,"p99_ms":10800000,"max_ms":864000000}}]""");
        var router = JsonMapper.shared().readTree("""
                [{"from":"read","to":"delivered","last_minute":{"count":3,"p50_ms":7,"p90_ms":7,"p99_ms":7,"max_ms":7},
                  "last_hour":{"count":3,"p50_ms":7,"p90_ms":7,"p99_ms":1500,"max_ms":600000}}]""");

        // when
        var lines = DelayListing.lines(new TerminalText(Ansi.OFF), service, router);

        // then
        assertThat(lines)
                .containsExactly(
                        "STEP                  LAST MINUTE  P50   P99   MAX   LAST HOUR  P50     P99    MAX",
                        "occurred to accepted  0            -     -     -     120        950 ms  3 h    10 d",
                        "read to delivered     3            7 ms  7 ms  7 ms  3          7 ms    1.5 s  10 min");
    }
}
