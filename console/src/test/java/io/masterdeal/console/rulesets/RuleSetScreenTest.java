package io.masterdeal.console.rulesets;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RecordedResponse;
import io.masterdeal.console.StubbedRoles;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.platform.RuleSetInUse;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleSetScreenTest {

    private static final String JOB = "bf70b8cb-0500-5cf6-9768-b42fae896692";

    private final StubbedRoles roles = new StubbedRoles()
            .on("GET /rules", """
                    {"identity":"default@2-b","name":"default","version":2,"stages":[{"stage":"lead","titles":{"en":"Lead","ru":"Заявка"},
                    "condition":"some crm:deal is at least Deal <Created>"},{"stage":"closed","titles":{},"condition":"x"}],
                    "kinds":[{"kind":"crm:deal","statuses":[{"status":"New","listed_as":"order","titles":{"ru":"Новая"}},
                    {"status":"Lost","listed_as":"outcome","outcome":"lost","titles":{}}]}],"content":"a: 1\\nb: 2\\n",
                    "history":[{"id":2,"identity":"default@2-b","active_from":"2026-04-02T08:00:00.000Z"},
                    {"id":1,"identity":"default@1-a","active_from":"2026-04-01T08:00:00.000Z"}]}""")
            .on(
                    "GET /rules/2",
                    "{\"id\":2,\"identity\":\"default@2-b\",\"active_from\":\"2026-04-02T08:00:00.000Z\","
                            + "\"content\":\"a: 1\\nb: 2\\n\"}")
            .on(
                    "GET /rules/1",
                    "{\"id\":1,\"identity\":\"default@1-a\",\"active_from\":\"2026-04-01T08:00:00.000Z\","
                            + "\"content\":\"a: 1\\nb: 1\\n\"}");

    private final RuleSetScreen screen = new RuleSetScreen(roles.roles());
    private final TrialScreen trials =
            new TrialScreen(roles.roles(), new RuleSetInUse(roles.roles(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void the_rule_set_in_use_has_titles_in_the_language_of_the_page() {
        assertThat(screen.page(StubbedRoles.view(Language.RU, Right.OPERATOR)).text())
                .contains("Заявка", "Новая", "проиграна", "Deal &lt;Created&gt;", "/rules/what-if", "closed");
        assertThat(screen.page(StubbedRoles.view(Language.EN, Right.VIEWER)).text())
                .contains("<strong>Lead</strong>")
                .doesNotContain("/rules/what-if");
    }

    @Test
    void a_rule_set_of_the_history_is_compared_with_the_one_before_it() {
        assertThat(screen.past(StubbedRoles.view(Language.EN, Right.VIEWER), "2", "")
                        .text())
                .contains("<span class=\"removed\">- b: 1</span><span class=\"added\">+ b: 2</span>");
        assertThat(screen.past(StubbedRoles.view(Language.EN, Right.VIEWER), "1", "")
                        .text())
                .contains("It is the first one");
    }

    @Test
    void a_trial_is_begun_with_the_text_or_shows_why_not() {
        // given
        roles.on("POST /what-if", "{\"id\":\"" + JOB + "\",\"state\":\"running\"}");
        RecordedResponse response = new RecordedResponse();
        var view = StubbedRoles.view(Language.EN, Right.OPERATOR);

        // when
        Html begun = trials.begin(view, response.response(), "default", "a: 1\r\nb: 2", "", "open");
        roles.on(
                "POST /what-if",
                "{\"status\":422,\"title\":\"rule set cannot be used\",\"detail\":\"line 1: no stages\"}");
        Html refused = trials.begin(view, new RecordedResponse().response(), "", "a: <1>", "", "");

        // then
        assertThat(begun).isNull();
        assertThat(response.location()).isEqualTo("/rules/what-if/" + JOB);
        assertThat(roles.requests()).contains("POST /what-if {\"rules\":\"a: 1\\nb: 2\",\"outcome\":\"open\"}");
        assertThat(Objects.requireNonNull(refused).text()).contains("line 1: no stages", "a: &lt;1&gt;</textarea>");
    }

    @Test
    void a_trial_shows_its_progress_and_then_who_would_move_where() {
        // given
        var view = StubbedRoles.view(Language.RU, Right.OPERATOR);
        roles.on(
                "GET /what-if/" + JOB,
                "{\"id\":\"" + JOB + "\",\"state\":\"running\",\"rule_set\":\"new@1\",\"done\":40,\"total\":100}");

        // when
        String running = trials.trial(view, JOB, "").text();
        roles.on("GET /what-if/" + JOB, """
                        {"id":"%s","state":"done","rule_set":"new@1","done":100,"total":100,"report":{"deals":100,"moved":21,"share":0.21,
                        "changed":22,"gaps_changed":1,"left_out":1,"stages":[{"from":"closed","to":"closed","deals":50},
                        {"from":"lead","to":"closed","deals":21},{"from":"none","to":"lead","deals":29}]}}""".formatted(JOB)).on("GET /what-if/" + JOB + "/changes", """
                        {"items":[{"master_deal_id":"%s","root":"crm:deal:D-1","from":{"stage":"lead","outcome":"open","gaps":[]},
                        "to":{"stage":"closed","outcome":"won","gaps":["lead"]},"evidence":[]}],"next":"n"}""".formatted(JOB));
        String done = trials.trial(view, JOB, "").text();

        // then
        assertThat(running).contains("hx-trigger=\"every 2s\"", "40 из примерно 100 сделок", "Остановить");
        assertThat(done)
                .contains("<td class=\"number moved\">21</td>", "1 сделку проверить нельзя", "crm:deal:D-1", "cursor=n")
                .doesNotContain("hx-trigger");
        assertThat(done.indexOf("<th scope=\"row\">ещё без стадии"))
                .isLessThan(done.indexOf("<th scope=\"row\">lead</th>"));
    }
}
