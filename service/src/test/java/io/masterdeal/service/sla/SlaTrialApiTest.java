package io.masterdeal.service.sla;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What other policies would give, as the service tells it before they are used. */
class SlaTrialApiTest {

    private static final String DEAL = "crm:deal:sla-trial";

    private static final String CASE = "legal:case:sla-trial";

    private static final String POLICIES = """
            name: ours
            version: 7
            policies:
              - policy: brief-to-offer
                start: {holds: briefed}
                stop: {stage: {reached: offer_ready}}
                target: 1h
                calendar: moscow
            """;

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            events.send(
                    event("crm.deal.created", DEAL, Instant.parse("2026-04-06T07:00:00Z")),
                    event("crm.brief.submitted", DEAL, Instant.parse("2026-04-06T09:00:00Z")),
                    event("legal.started", CASE, Instant.parse("2026-04-06T10:00:00Z"), DEAL));
        }
        await().atMost(Duration.ofMinutes(2)).until(service::isIdle);
    }

    private static HttpResponse<String> post(
            String query, String principal, @Nullable String policies, @Nullable String calendars) throws Exception {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (policies != null) {
            body.put("policies", policies);
        }
        if (calendars != null) {
            body.put("calendars", calendars);
        }
        return service.post("/sla/try?" + query, principal, body.toString());
    }

    private static JsonNode tried(String query, String policies, @Nullable String calendars) throws Exception {
        HttpResponse<String> response = post(query, "operator", policies, calendars);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(response.body()).path("detail").stringValue())
                .contains(detail);
    }

    @Test
    void both_reports_are_told_with_the_names_of_their_policies_and_nothing_changes() throws Exception {
        String report = "/masterdeal/" + DEAL + "/sla?at=2026-04-06T12:00:00Z";
        JsonNode before = service.get(report);

        JsonNode trial = tried("deal=" + CASE + "&at=2026-04-06T12:00:00Z", POLICIES, null);

        assertThat(trial.path("at").stringValue()).isEqualTo("2026-04-06T12:00:00.000Z");
        assertThat(trial.path("rules").stringValue()).isEqualTo("default");
        assertThat(trial.at("/now/policies").stringValue()).isEqualTo("default@1");
        assertThat(trial.at("/now/report")).isEqualTo(before);
        assertThat(trial.at("/tried/policies").stringValue()).isEqualTo("ours@7");
        assertThat(trial.at("/tried/report/root").stringValue()).isEqualTo(DEAL);
        assertThat(trial.at("/tried/report/clocks")).hasSize(1);
        JsonNode cycle = trial.at("/tried/report/clocks/0/cycles/0");
        assertThat(cycle.path("state").stringValue()).isEqualTo("breached");
        // Noon to 13:00 in Moscow.
        assertThat(cycle.path("breached_at").stringValue()).isEqualTo("2026-04-06T10:00:00.000Z");
        assertThat(service.get(report)).isEqualTo(before);
    }

    @Test
    void calendars_may_be_tried_too() throws Exception {
        JsonNode trial = tried("deal=" + DEAL + "&at=2026-04-06T12:00:00Z", POLICIES, """
                calendars:
                  moscow: {zone: Europe/Moscow, week: {tue: ["09:00-18:00"]}}
                """);

        assertThat(trial.at("/tried/report/clocks/0/cycles/0/due_at").stringValue())
                .isEqualTo("2026-04-07T07:00:00.000Z");
    }

    @Test
    void an_attribute_that_only_the_tried_policies_read_is_read() throws Exception {
        // given
        String deal = "crm:deal:sla-trial-attribute";
        try (DomainEvents events = new DomainEvents()) {
            Event created = event("crm.deal.created", deal, Instant.parse("2026-04-06T07:00:00Z"));
            created.data().put("attributes", Map.of("region", "north"));
            events.send(created);
        }
        await().atMost(Duration.ofMinutes(2)).until(service::isIdle);

        // when
        JsonNode trial = tried("deal=" + deal + "&at=2026-04-06T12:00:00Z", """
                name: ours
                version: 1
                policies:
                  - policy: north
                    start: {attribute: {name: region, is: north}}
                    stop: {outcome: {is: won}}
                    target: 1h
                """, null);

        // then
        assertThat(trial.at("/tried/report/clocks/0/state").stringValue()).isEqualTo("breached");
    }

    @Test
    void what_is_wrong_with_a_file_is_told_with_its_line() throws Exception {
        assertProblem(
                post("deal=" + DEAL, "operator", POLICIES.replace("1h", "3 days"), null),
                422,
                "policies:7: '3 days' is no duration like 40h");
        assertProblem(
                post("deal=" + DEAL, "operator", POLICIES, "calendars:\n  moscow: {zone: Europe/Paris2}\n"),
                422,
                "calendars:2: ");
        assertProblem(
                post("deal=" + DEAL, "operator", POLICIES.replace("briefed", "brieved"), null), 422, "policies:5: ");
        assertProblem(post("deal=" + DEAL, "operator", null, null), 400, "'policies' is required");
    }

    @Test
    void a_wrong_question_is_told() throws Exception {
        assertProblem(
                post("deal=crm:deal:nobody", "operator", POLICIES, null), 404, "No fact names 'crm:deal:nobody'.");
        assertProblem(post("deal=" + DEAL + "&at=soon", "operator", POLICIES, null), 400, "'at' is an instant like");
        assertThat(post("at=2026-04-06T12:00:00Z", "operator", POLICIES, null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void only_an_operator_may_ask_and_not_with_any_amount_of_text() throws Exception {
        assertProblem(post("deal=" + DEAL, "reader", POLICIES, null), 403, "Only the key of the operator may do this");

        String much = POLICIES + "#" + "x".repeat(200 * 1024) + "\n";
        assertThat(post("deal=" + DEAL, "operator", much, null).statusCode()).isEqualTo(200);
        assertThat(post("deal=" + DEAL, "operator", much + "#" + "x".repeat(60 * 1024), null)
                        .statusCode())
                .isEqualTo(413);
    }
}
