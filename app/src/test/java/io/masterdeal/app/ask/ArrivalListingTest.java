package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

/** The output about when the facts of a deal arrived. */
class ArrivalListingTest {

    private static String listing(String report) {
        return String.join(
                        "\n",
                        ArrivalListing.lines(
                                new TerminalText(Ansi.OFF), JsonMapper.shared().readTree(report))) + "\n";
    }

    @Test
    void the_first_line_says_that_it_is_not_reproducible_and_each_object_is_a_line() {
        assertThat(listing("""
                {"root":"crm:deal:D-1","reproducible":false,"why":"Not reproducible from facts: a replay gives other times.","objects":[
                  {"object":"crm:deal:D-1","facts":12,"first_received_at":"2026-04-06T07:00:00.300Z",
                   "source_delay":{"first":-1500,"longest":-300},"orphan_waited":0},
                  {"object":"docflow:contract:K-1","facts":2,"first_received_at":"2026-04-06T09:00:00.000Z",
                   "source_delay":{"first":300,"longest":5400000},"orphan_waited":90000},
                  {"object":"docflow:invoice:I-1","facts":1,"first_received_at":"2026-04-06T10:00:00.000Z",
                   "source_delay":{"first":0,"longest":0},"orphan_waited":null}],
                 "newest_received_at":"2026-04-06T11:02:00.250Z","answered_at":"2026-04-06T11:02:01.000Z","answered_after":750}
                """)).isEqualTo("""
                Not reproducible from facts: a replay gives other times.
                crm:deal:D-1
                  OBJECT                FACTS  FIRST RECEIVED            SOURCE DELAY  LONGEST  ORPHAN FOR
                  crm:deal:D-1          12     2026-04-06T07:00:00.300Z  -1s           -300ms   0s
                  docflow:contract:K-1  2      2026-04-06T09:00:00.000Z  300ms         1h30m    1m30s
                  docflow:invoice:I-1   1      2026-04-06T10:00:00.000Z  0s            0s       -
                newest fact received at 2026-04-06T11:02:00.250Z, answer computed 750ms later
                """);
    }

    @Test
    void an_answer_that_is_older_and_a_deal_without_facts_are_told() {
        assertThat(listing("""
                {"root":"crm:deal:D-1","why":"Not reproducible.","objects":[{"object":"crm:deal:D-1","facts":1,
                   "first_received_at":"2026-04-06T07:00:00.300Z","source_delay":{"first":1,"longest":1},"orphan_waited":0}],
                 "newest_received_at":"2026-04-06T07:00:00.300Z","answered_at":"2026-04-06T07:00:00.000Z","answered_after":null}
                """))
                .endsWith("newest fact received at 2026-04-06T07:00:00.300Z, answer not computed since\n");
        assertThat(listing("""
                {"root":"crm:deal:D-1","why":"Not reproducible.","objects":[],"newest_received_at":null,
                 "answered_at":"2026-04-06T07:00:00.000Z","answered_after":null}
                """)).isEqualTo("Not reproducible.\ncrm:deal:D-1\n  no facts\n");
    }
}
