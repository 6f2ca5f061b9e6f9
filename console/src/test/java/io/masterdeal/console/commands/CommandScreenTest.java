package io.masterdeal.console.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RecordedResponse;
import io.masterdeal.console.StubbedRoles;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandScreenTest {

    private static final String DEAL = "bf70b8cb-0500-5cf6-9768-b42fae896692";

    private final StubbedRoles roles = new StubbedRoles()
            .on("GET /summary", "{\"effects\":{\"pending\":1,\"failed\":1234,\"suppressed\":0,\"done\":7}}")
            .on("GET /effects", """
                    {"items":[{"id":"5f0c0d8e-2f6e-5a0b-9d6d-0d7f0c1f3a11","reaction":"request-mediaplan","master_deal_id":"%s",
                    "deal":"crm:deal:D-1","state":"failed","reason":"refused","attempts":1,"last_error":"422 <no budget>",
                    "created_at":"2026-04-05T08:00:00.000Z","updated_at":"2026-04-05T08:00:00.000Z"},
                    {"id":"6f0c0d8e-2f6e-5a0b-9d6d-0d7f0c1f3a11","reaction":"open-case","master_deal_id":"%s",
                    "deal":"crm:deal:D-1","state":"failed","reason":"gave-up","attempts":10,
                    "created_at":"2026-04-05T08:00:00.000Z","updated_at":"2026-04-05T08:00:00.000Z"}]}""".formatted(DEAL, DEAL))
            .on("GET /masterdeal/crm:deal:D-1", "{\"master_deal_id\":\"" + DEAL + "\"}");

    private final CommandScreen screen = new CommandScreen(roles.roles());
    private final CommandDecisionScreen decisions = new CommandDecisionScreen(roles.roles());

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void the_list_tells_states_and_errors_and_leaves_other_reactions_out() {
        // when
        String page = screen.page(
                        StubbedRoles.view(Language.RU, Right.OPERATOR),
                        Map.of("state", "failed", "reaction", "request-mediaplan"))
                .text();

        // then
        assertThat(page)
                .contains("Не выполнены <span class=\"muted\">1\u00a0234</span>", "422 &lt;no budget&gt;", "отказано")
                .doesNotContain("open-case");
        assertThat(roles.requests()).contains("GET /effects?state=failed&limit=1000");
    }

    @Test
    void a_decision_is_shown_before_it_is_made() {
        // given
        roles.on("POST /effects/release", """
                {"dry_run":true,"selected":2,"results":{"released":2},"sample":[{"id":"5f0c0d8e-2f6e-5a0b-9d6d-0d7f0c1f3a11",
                "reaction":"request-mediaplan","master_deal_id":"%s","reason":"gave-up"}]}""".formatted(DEAL));

        // when
        String page = decisions
                .tried(
                        StubbedRoles.view(Language.EN, Right.OPERATOR),
                        "release",
                        Map.of("deal", "crm:deal:D-1", "why", "gave-up"),
                        null)
                .text();

        // then
        assertThat(page)
                .contains("2 commands", "would be released", "given up after all attempts")
                .doesNotContain("typed");
        assertThat(roles.requests())
                .contains("POST /effects/release {\"all\":true,\"dry_run\":true,\"selection\":{\"master_deal_id\":\""
                        + DEAL + "\",\"reason\":\"gave-up\"}}");
    }

    @Test
    void a_decision_leads_to_its_operation() {
        // given
        roles.on("POST /effects/skip", "{\"dry_run\":false,\"selected\":1,\"operation\":\"" + DEAL + "\"}");
        RecordedResponse response = new RecordedResponse();

        // when
        Html page = decisions.done(
                StubbedRoles.view(Language.EN, Right.OPERATOR),
                response.response(),
                "skip",
                Map.of("deal", "crm:deal:D-1"),
                List.of("5f0c0d8e-2f6e-5a0b-9d6d-0d7f0c1f3a11"),
                " by hand ",
                1,
                "");

        // then
        assertThat(page).isNull();
        assertThat(response.location()).isEqualTo("/operations/service/" + DEAL);
        assertThat(roles.requests())
                .contains("POST /effects/skip {\"all\":true,\"reason\":\"by hand\",\"selection\":{\"ids\":"
                        + "[\"5f0c0d8e-2f6e-5a0b-9d6d-0d7f0c1f3a11\"]}}");
    }

    @Test
    void many_are_decided_only_when_their_number_was_typed() {
        // given
        roles.on("POST /effects/release", "{\"dry_run\":true,\"selected\":10000,\"operation\":\"" + DEAL + "\"}");
        var view = StubbedRoles.view(Language.EN, Right.OPERATOR);
        RecordedResponse done = new RecordedResponse();

        // when
        Html wrong = decisions.done(
                view, new RecordedResponse().response(), "release", Map.of(), null, "outage", 10_000, "1000");
        decisions.done(view, done.response(), "release", Map.of(), null, "outage", 10_000, "10,000");

        // then
        assertThat(Objects.requireNonNull(wrong).text()).contains("Nothing was done", "10,000 commands or more");
        assertThat(done.status()).isEqualTo(303);
        assertThat(roles.requests().getLast()).contains("\"limit\":1000000");
    }
}
