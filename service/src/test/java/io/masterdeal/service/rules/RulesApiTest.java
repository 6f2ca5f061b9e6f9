package io.masterdeal.service.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.rulesets.RuleSetFile;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.servers.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rule set in use, as the service tells it. */
class RulesApiTest {

    private static final RuleSetFile FILE = RuleSets.loadFile("default");

    private final RunningService service = RunningService.shared();

    @Test
    void the_rule_set_in_use_is_told_with_conditions_as_data_and_titles() throws Exception {
        JsonNode rules = service.get("/rules");

        assertThat(rules.path("identity").stringValue()).isEqualTo(FILE.rules().identity());
        assertThat(rules.path("name").stringValue()).isEqualTo("default");
        assertThat(rules.path("version").intValue()).isEqualTo(1);
        assertThat(rules.path("content").stringValue()).isEqualTo(FILE.text());
        assertThat(rules.path("stages")).hasSize(6);
        assertThat(rules.at("/stages/3/stage").stringValue()).isEqualTo("contracting");
        assertThat(rules.at("/stages/3/titles/ru").stringValue()).isEqualTo("Договор");
        assertThat(rules.at("/stages/3/condition").stringValue())
                .startsWith("a live docflow:contract is at 'Contract Signed' or later, at least one legal:case");
        assertThat(rules.at("/stages/3/when").toString())
                .isEqualTo("{\"for\":{\"kind\":\"docflow:contract\",\"reached\":\"Contract Signed\","
                        + "\"bearing\":\"legal:case\",\"every\":\"Legal Approved\"}}");
        assertThat(rules.at("/stages/5/when").toString())
                .isEqualTo("{\"any\":[{\"some\":{\"kind\":\"dcm:closeout\",\"reached\":\"Closeout Completed\"}},"
                        + "{\"all\":[{\"some\":{\"kind\":\"docflow:contract\",\"reached\":\"Act Completed\"}},"
                        + "{\"every\":{\"kind\":\"docflow:contract\",\"among\":\"Contract Signed\","
                        + "\"reached\":\"Act Completed\"}}]}]}");
        assertThat(rules.at("/stages/0/when").toString()).isEqualTo("{\"ever\":{\"is\":\"Deal Created\"}}");
        assertThat(rules.at("/stages/1/when").toString()).isEqualTo("{\"ever\":{\"reached\":\"Brief Submitted\"}}");
        assertThat(rules.at("/kinds/0/kind").stringValue()).isEqualTo("crm:deal");
        assertThat(rules.at("/kinds/0/statuses")
                        .valueStream()
                        .map(it -> it.path("status").stringValue() + " "
                                + it.path("listed_as").stringValue() + " "
                                + it.path("outcome").asString("-"))
                        .toList())
                .isEqualTo(List.of(
                        "Deal Created order -",
                        "Brief Submitted order -",
                        "Offer Sent order -",
                        "Deal Cancelled outcome cancelled",
                        "Deal Lost outcome lost"));
        assertThat(rules.at("/kinds/0/statuses/4/titles/ru").stringValue()).isEqualTo("Сделка проиграна");
    }

    @Test
    void its_history_tells_since_when_and_each_entry_its_text() throws Exception {
        JsonNode history = service.get("/rules").path("history");

        assertThat(history).hasSize(1);
        assertThat(history.at("/0/identity").stringValue())
                .isEqualTo(FILE.rules().identity());
        JsonNode entry = service.get("/rules/" + history.at("/0/id").longValue());
        assertThat(entry.path("content").stringValue()).isEqualTo(FILE.text());
        assertThat(entry.path("active_from")).isEqualTo(history.at("/0/active_from"));
    }

    @Test
    void an_entry_that_is_not_there_is_told() throws Exception {
        for (String id : List.of("0", "9223372036854775807", "latest")) {
            var response = service.request("GET", "/rules/" + id, "reader");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(JsonMapper.shared()
                            .readTree(response.body())
                            .path("detail")
                            .stringValue())
                    .isEqualTo("The history of rule sets has no entry '" + id + "'. GET /rules tells the ids.");
        }
    }
}
