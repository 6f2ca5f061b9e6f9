package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The output about a deal. */
class DealDetailsTest {

    private static final String DEAL = """
            {"master_deal_id":"bf70b8cb-0500-5cf6-9768-b42fae896692","root":"crm:deal:D-1","stage":"closed","outcome":"lost",
             "contradictory":true,"gaps":["briefed","contracting"],"facts":3,"revision":4,"rule_set":"default@1",
             "timeline":[
              {"stage":"lead_created","effective_at":"2026-03-02T09:00:00.000Z","direction":"forward","evidence":["e-1"]},
              {"stage":"closed","effective_at":"2026-03-03T09:00:00.000Z","direction":"backward","evidence":["e-1","e-2","e-3"]}],
             "objects":[{"key":"crm:deal:D-1","status":"Deal Lost"},{"key":"media:mediaplan:MP-44","status":null}]}""";

    private static final Map<String, JsonNode> FACTS = Map.of(
            "e-1",
            json(
                    "[{\"type\":\"crm.deal.created\",\"subject\":\"crm:deal:D-1\",\"occurred_at\":\"2026-03-02T09:00:00.000Z\",\"retracted\":false}]"),
            "e-2",
            json("""
                    [{"type":"dcm.closeout.completed","subject":"dcm:closeout:C","occurred_at":"2026-03-03T09:00:00.000Z","retracted":true},
                     {"type":"dcm.closeout.completed","subject":"dcm:closeout:D","occurred_at":"2026-03-03T09:00:00.000Z","retracted":false}]"""));

    @Test
    void a_deal_is_told_with_what_is_behind_each_step() {
        assertThat(sheet(Ansi.OFF, DEAL, null)).isEqualTo("""
                crm:deal:D-1  bf70b8cb-0500-5cf6-9768-b42fae896692
                  stage          closed
                  outcome        lost
                  gaps           briefed, contracting (skipped, or taken back since)
                  contradiction  closed, and yet lost: for people to resolve
                  facts          3
                  revision       4, by rule set default@1

                Timeline
                  2026-03-02T09:00:00.000Z  on to  lead_created
                      crm.deal.created  crm:deal:D-1  2026-03-02T09:00:00.000Z  e-1
                  2026-03-03T09:00:00.000Z  back to  closed
                      crm.deal.created        crm:deal:D-1    2026-03-02T09:00:00.000Z  e-1
                      dcm.closeout.completed  dcm:closeout:C  2026-03-03T09:00:00.000Z  e-2  taken back
                      dcm.closeout.completed  dcm:closeout:D  2026-03-03T09:00:00.000Z  e-2  one of 2 contents
                      e-3

                Objects
                  crm:deal:D-1           Deal Lost
                  media:mediaplan:MP-44  no status
                """);
    }

    @Test
    void attributes_and_the_time_of_the_stage_are_told() {
        String more = DEAL.substring(0, DEAL.length() - 1)
                + ",\"stage_since\":\"2026-03-03T09:00:00.000Z\",\"attributes\":{\"amount\":\"5\",\"client\":\"Yantar\"}}";

        assertThat(sheet(Ansi.OFF, more, null))
                .contains("  stage          closed  since 2026-03-03T09:00:00.000Z\n")
                .contains("""

            Attributes
              amount  5
              client  Yantar

            Objects
            """);
    }

    @Test
    void an_outcome_is_told_with_its_time_and_the_facts_behind_it() {
        String lost = DEAL.substring(0, DEAL.length() - 1)
                + ",\"outcome_finding\":{\"since\":\"2026-03-04T09:00:00.000Z\",\"evidence\":[\"e-1\"]}}";

        assertThat(sheet(Ansi.OFF, lost, null)).contains("""

            Outcome
              2026-03-04T09:00:00.000Z  on  lost
                  crm.deal.created  crm:deal:D-1  2026-03-02T09:00:00.000Z  e-1

            Objects
            """);
    }

    @Test
    void a_deal_as_it_was_known_says_by_which_rules_and_what_may_be_missing() {
        String then = DEAL.substring(0, DEAL.length() - 1) + """
                ,"known_at":"2026-05-03T21:59:59.999Z","read_again":2,"conflicts":["e-9"],"not_reproducible":"Times of receipt.",
                 "rules":{"asked":"then","identity":"default@1#x","active_from":"2026-01-01T00:00:00.000Z","note":"Not kept."}}""";

        assertThat(sheet(Ansi.OFF, then, null)).contains("""
                  facts          3
                  known at       2026-05-03T21:59:59.999Z
                  rules          default@1#x, in use from 2026-01-01T00:00:00.000Z
                                 Not kept.
                  conflicts      e-9
                  read again     2 facts were received again after a restore; once they had been received earlier, perhaps \
                before this instant
                  Times of receipt.

                Timeline
                """).doesNotContain("revision");
    }

    @Test
    void what_was_learned_is_told_with_both_answers() {
        String learned = """
                {"root":"crm:deal:D-1","master_deal_id":"bf70","from":"2026-05-01T21:59:59.999Z","to":"2026-05-03T21:59:59.999Z",
                 "before":{"known":false,"stage":"none","outcome":"open","gaps":[],"facts":0,"rules":{"identity":"default@1#x"}},
                 "after":{"known":true,"stage":"offer_ready","outcome":"open","gaps":[],"facts":3,"rules":{"identity":"default@1#x"}},
                 "objects":[{"key":"crm:deal:D-1","change":"joined","after":"Brief Submitted"}],
                 "items":[{"kind":"fact","received_at":"2026-05-02T09:00:00.000Z","type":"crm.deal.created","subject":"crm:deal:D-1",
                   "occurred_at":"2026-05-01T09:00:00.000Z","event_id":"e-1","read_again":true},
                  {"kind":"retraction","received_at":"2026-05-02T10:00:00.000Z","retracts":["e-7","e-8"],"event_id":"e-2",
                   "read_again":false}],
                 "next":"x","not_reproducible":"Times of receipt."}""";

        assertThat(String.join("\n", LearnedListing.lines(new TerminalText(Ansi.OFF), json(learned))))
                .isEqualTo("""
                crm:deal:D-1  bf70

                           2026-05-01T21:59:59.999Z  2026-05-03T21:59:59.999Z
                  stage    not known                 offer_ready
                  outcome                            open
                  gaps                               none
                  facts                              3
                  rules    default@1#x               default@1#x

                Objects that changed
                  crm:deal:D-1  joined  no status -> Brief Submitted

                Received
                  2026-05-02T09:00:00.000Z  crm.deal.created  crm:deal:D-1  of 2026-05-01T09:00:00.000Z  e-1  again, after a restore
                  2026-05-02T10:00:00.000Z  retraction        of e-7, e-8                                e-2
                  and more

                Times of receipt.""");
    }

    @Test
    void clocks_are_told_in_short() {
        String clocks = DEAL.substring(0, DEAL.length() - 1) + """
                ,"sla":[
                 {"policy":"brief-to-offer","object":null,"cycle":1,"state":"running","target":86400000,"warned_at":[[50,"x"],[80,"y"]],
                  "due_at":"2026-04-09T09:00:00.000Z","breached_at":null,"stopped_at":null,"cancelled_at":null},
                 {"policy":"legal-review","object":"legal:case:L-1","cycle":2,"state":"breached","target":60000,"warned_at":[],
                  "due_at":"2026-04-06T09:00:00.000Z","breached_at":"2026-04-06T09:00:00.000Z",
                  "stopped_at":"2026-04-06T10:00:00.000Z","cancelled_at":null,"spent":90000},
                 {"policy":"invoice","object":null,"cycle":1,"state":"paused","target":60000,"warned_at":[],"due_at":null,
                  "no_due":"paused","breached_at":null,"stopped_at":null,"cancelled_at":null}]}""";

        assertThat(sheet(Ansi.OFF, clocks, null)).contains("""

            Clocks
              brief-to-offer                          running   24h          due 2026-04-09T09:00:00.000Z, past 80 %
              legal-review (cycle 2)  legal:case:L-1  breached  1m30s of 1m  breached at 2026-04-06T09:00:00.000Z, 30s over
              invoice                                 paused    1m           no due time: paused

            Objects
            """);
    }

    @Test
    void effects_are_told_where_the_service_tells_them() {
        String effects = """
                {"items":[{"id":"f-1","reaction":"request-mediaplan","state":"done","attempts":1},
                 {"id":"f-2","reaction":"request-mediaplan","state":"suppressed","reason":"no-gateway","attempts":0},
                 {"id":"f-3","reaction":"request-mediaplan","state":"failed","reason":"refused","last_error":"422 no budget","attempts":1}],
                 "next":"x"}\
                """;

        assertThat(sheet(Ansi.OFF, DEAL, effects)).endsWith("""

                Effects
                  request-mediaplan  done        1 attempt   f-1
                  request-mediaplan  suppressed  0 attempts  f-2  no-gateway
                  request-mediaplan  failed      1 attempt   f-3  refused: 422 no budget
                  and more
                """);
        assertThat(sheet(Ansi.OFF, DEAL, "{\"items\":[]}")).endsWith("\nEffects\n  none\n");
    }

    @Test
    void colours_change_nothing_but_colours() {
        String coloured = sheet(Ansi.ON, DEAL, "{\"items\":[]}");

        assertThat(coloured)
                .contains("\u001b[31m", "\u001b[1mcrm:deal:D-1\u001b[0m")
                .doesNotContain("\u001b[21m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(sheet(Ansi.OFF, DEAL, "{\"items\":[]}"));
    }

    @Test
    void nothing_that_a_system_has_written_commands_the_terminal() {
        String hostile = DEAL.replace("Deal Lost", "\\u001b[2J@|red owned|@\\n\\u202eX\\u009b");

        assertThat(sheet(Ansi.OFF, hostile, null))
                .contains("�[2J@|red owned|@��X�")
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void a_deal_without_a_stage_yet_has_an_empty_timeline() {
        String early =
                "{\"root\":\"crm:deal:D-1\",\"stage\":\"none\",\"outcome\":\"open\",\"gaps\":[],\"timeline\":[],\"objects\":[]}";

        assertThat(sheet(Ansi.OFF, early, null))
                .contains("gaps      none")
                .contains("Timeline\n  no condition of any stage has held so far\n")
                .doesNotContain("contradiction");
    }

    @Test
    void many_deals_are_a_table() {
        String second = DEAL.replace("D-1", "D-2026-001")
                .replace("true", "false")
                .replaceFirst(
                        "\\{",
                        "{\"stage_since\":\"2026-03-09T08:15:00.000Z\",\"attributes\":{\"amount\":\"2600000\",\"currency\":\"RUB\"},");

        assertThat(String.join(
                        "\n", DealListing.lines(new TerminalText(Ansi.OFF), json("[" + DEAL + "," + second + "]"))))
                .isEqualTo("""
                DEAL                 STAGE   SINCE                     OUTCOME               AMOUNT       FACTS  GAPS
                crm:deal:D-1         closed                            lost (contradictory)               3      briefed, contracting
                crm:deal:D-2026-001  closed  2026-03-09T08:15:00.000Z  lost                  2600000 RUB  3      briefed, contracting""");
    }

    @Test
    void counts_are_a_table_with_amounts_by_currency() {
        JsonNode counts = json("""
                {"by":["stage","client"],
                 "total":{"deals":4,"amounts":[{"currency":"RUB","deals":2,"amount":"30.50"},{"currency":null,"deals":1,"amount":"1"}],
                  "without_amount":1},
                 "groups":[
                  {"values":{"stage":"closed","client":"Yantar"},"deals":2,"amounts":[{"currency":"RUB","deals":2,"amount":"30.50"}],
                   "without_amount":0},
                  {"values":{"stage":"briefed","client":null},"deals":1,"amounts":[{"currency":null,"deals":1,"amount":"1"}],
                   "without_amount":0},
                  {"values":{"stage":"none","client":null},"deals":1,"amounts":[],"without_amount":1}]}
                """);

        assertThat(String.join("\n", CountListing.lines(new TerminalText(Ansi.OFF), counts, 2)))
                .isEqualTo("""
                STAGE    CLIENT  DEALS  AMOUNTS
                closed   Yantar  2      30.50 RUB
                briefed  -       1      1 without currency
                all              4      30.50 RUB, 1 without currency, 1 without amount

                There is 1 more, with fewer deals each; --limit shows up to 1000.""");
    }

    private static String sheet(Ansi ansi, String deal, @Nullable String effects) {
        return String.join(
                        "\n",
                        DealDetails.lines(
                                new TerminalText(ansi), json(deal), FACTS, effects == null ? null : json(effects)))
                + "\n";
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
