package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

/** The output about what a deal waits for. */
class WhyDetailsTest {

    @Test
    void each_stage_is_told_with_what_is_missing_who_says_it_and_who_was_asked() {
        assertThat(sheet("""
                {"root":"crm:deal:D-1","stage":"briefed","outcome":"open","waits_since":"2026-03-03T12:30:00.000Z",
                 "stages":[
                  {"stage":"lead_created","holds":true,"evidence_total":2,"evidence":[
                   {"event_id":"e-1","type":"crm.deal.created","subject":"crm:deal:D-1",
                    "occurred_at":"2026-03-02T09:00:00.000Z","conflict":true}],"alternatives":[],"truncated":false},
                  {"stage":"contracting","holds":false,"evidence":[],"evidence_total":0,"alternatives":[
                   {"facts":[{"kind":"docflow:contract","object":"docflow:contract:K","status":"Contract Signed",
                     "system":"docflow","types":["docflow.contract.signed"],"asked":["f-1"]}]},
                   {"facts":[
                    {"kind":"docflow:contract","new_object":1,"status":"Contract Signed","link":"crm:deal:D-1",
                     "system":"docflow","types":["docflow.contract.signed"],"asked":[]},
                    {"kind":"legal:case","new_object":2,"status":"Legal Approved","link_to_new":1,"system":"legal",
                     "types":["legal.approved","legal.own.approved"],"asked":[]}]}],"truncated":true}],
                 "asked":[
                  {"id":"f-1","reaction":"request-contract","system":"docflow","state":"failed",
                   "since":"2026-03-04T09:00:00.000Z","reason":"gave-up"},
                  {"id":"f-2","reaction":"request-mediaplan","system":"media","state":"done",
                   "since":"2026-03-04T09:00:00.000Z"}],
                 "clocks":[]}""")).isEqualTo("""
                crm:deal:D-1  briefed  open
                  in this stage since 2026-03-03T12:30:00.000Z

                lead_created  holds
                  because of
                    crm.deal.created  crm:deal:D-1  2026-03-02T09:00:00.000Z  e-1  one of several contents
                    and 1 more

                contracting  does not hold
                  missing
                    docflow:contract:K at 'Contract Signed'  docflow  docflow.contract.signed
                  or
                    a new docflow:contract for crm:deal:D-1 at 'Contract Signed'       docflow  docflow.contract.signed
                    a new legal:case for the new docflow:contract at 'Legal Approved'  legal    legal.approved, legal.own.approved
                  and more alternatives

                Asked
                  docflow  request-contract  failed  since 2026-03-04T09:00:00.000Z  gave-up
                """);
    }

    @Test
    void a_deal_that_lacks_nothing_says_so() {
        assertThat(sheet("""
                {"root":"crm:deal:D-1","stage":"closed","outcome":"won","waits_since":null,"stages":[],"asked":[],"clocks":[]}""")).isEqualTo("""
                crm:deal:D-1  closed  won

                Nothing is missing: the condition of every stage holds.
                """);
    }

    private static String sheet(String answer) {
        return String.join(
                        "\n",
                        WhyDetails.lines(
                                new TerminalText(Ansi.OFF), JsonMapper.shared().readTree(answer)))
                + "\n";
    }
}
