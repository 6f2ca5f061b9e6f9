package io.masterdeal.console.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RecordedResponse;
import io.masterdeal.console.StubbedRoles;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionScreenTest {

    private static final String CRM = """
            {"version":3,"origin":"api","changed_at":"2026-04-05T08:00:00.000Z","changed_by":"operator","definition":{"name":"crm",
            "types":["masterdeal.*"],"sink":{"type":"http","url":"https://u:p@crm.example/in?token=secret"},"paused":true}}""";

    private final StubbedRoles roles = new StubbedRoles()
            .on("GET /subscriptions", "{\"items\":[" + CRM + "]}")
            .on("GET /subscriptions/crm", CRM)
            .on("GET /subscriptions/crm/changes", """
                    {"items":[{"version":1,"action":"created","changed_at":"2026-04-01T08:00:00.000Z","changed_by":"operator",
                    "definition":{"name":"crm","types":["masterdeal.closed"],"sink":{"type":"http","url":"https://crm.example/in"}}},
                    {"version":2,"action":"changed","changed_at":"2026-04-02T08:00:00.000Z","changed_by":"Anna",
                    "definition":{"name":"crm","types":["masterdeal.*"],"sink":{"type":"http","url":"https://crm.example/in?t=hidden"}}}]}""")
            .on("GET /ledger", """
                    {"items":[{"subscription":"crm","accepted":10,"pending":3,"parked":1,"delivered":4,"filtered":0,
                    "dead_lettered":1,"refused":0,"discarded":0}]}""")
            .on("GET /routes", "{\"items\":[],\"problems\":[],\"waits_for\":\"\"}");

    private final SubscriptionScreen screen = new SubscriptionScreen(roles.roles());

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void the_list_tells_the_state_and_whether_every_event_is_accounted_for() {
        assertThat(screen.page(StubbedRoles.view(Language.EN, Right.VIEWER)).text())
                .contains("paused", "version 3", "1 not accounted for", "https://crm.example/in?...")
                .doesNotContain("secret", "u:p");
        assertThat(screen.page(StubbedRoles.view(Language.RU, Right.OPERATOR)).text())
                .contains("на паузе", "1 подписка", "не учтено: 1", "token=secret");
    }

    @Test
    void versions_show_what_they_changed_and_no_secrets_to_a_viewer() {
        // when
        String page =
                screen.one(StubbedRoles.view(Language.EN, Right.VIEWER), "crm").text();

        // then
        assertThat(page.substring(page.indexOf("<main")))
                .contains("class=\"removed\"", "class=\"added\"", "masterdeal.closed", "version 2: changed, Anna")
                .doesNotContain("hidden", "secret", "name=\"action\"");
    }

    @Test
    void programs_of_viewers_see_no_secrets_either() {
        assertThat(String.valueOf(screen.oneAsJson(StubbedRoles.view(Language.EN, Right.VIEWER), "crm")
                        .getBody()))
                .contains("crm.example/in?...")
                .doesNotContain("secret");
    }

    @Test
    void an_operator_resumes_a_paused_one() {
        // given
        roles.on("POST /subscriptions/crm/resume", CRM);
        RecordedResponse response = new RecordedResponse();
        var view = StubbedRoles.view(Language.EN, Right.OPERATOR);

        // when
        String before = screen.one(view, "crm").text();
        Html page = screen.change(view, response.response(), "crm", "resume");

        // then
        assertThat(before).contains("name=\"action\" value=\"resume\"");
        assertThat(page).isNull();
        assertThat(response.location()).isEqualTo("/subscriptions/crm");
        assertThat(roles.requests()).contains("POST /subscriptions/crm/resume {}");
    }

    @Test
    void an_explanation_tells_who_takes_an_event_and_its_content_only_to_operators() {
        // given
        roles.on("POST /routes/explain", """
                {"event":{"id":"1"},"subscriptions":[{"subscription":"crm","version":3,"matches":true,"because":"its types have it",
                "to":"POST https://crm.example/in?token=secret (structured)","sends":{"body":"private"}}],"routes":[]}""");
        ExplainScreen explain = new ExplainScreen(roles.roles());

        // when
        String viewer = explain.explained(StubbedRoles.view(Language.EN, Right.VIEWER), "{\"id\":\"1\"}", "")
                .text();
        String operator = explain.explained(StubbedRoles.view(Language.EN, Right.OPERATOR), "{\"id\":\"1\"}", "")
                .text();
        String broken = explain.explained(StubbedRoles.view(Language.RU, Right.VIEWER), "{<", "")
                .text();

        // then
        assertThat(viewer).contains("its types have it").doesNotContain("secret", "private");
        assertThat(operator).contains("private");
        assertThat(broken).contains("Событие не является JSON", "{&lt;");
    }
}
