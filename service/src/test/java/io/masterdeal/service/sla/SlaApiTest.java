package io.masterdeal.service.sla;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The clocks of deals as the service reports them. */
class SlaApiTest {

    private static final String DEAL = "crm:deal:sla-1";

    private static final String CASE = "legal:case:sla-1";

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            events.send(
                    event("crm.deal.created", DEAL, Instant.parse("2026-04-06T07:00:00Z")),
                    event("crm.brief.submitted", DEAL, Instant.parse("2026-04-06T09:00:00Z")),
                    event("legal.started", CASE, Instant.parse("2026-04-06T10:00:00Z"), DEAL),
                    event("crm.deal.created", "crm:deal:sla-2", Instant.parse("2026-04-06T07:00:00Z")));
        }
        await().atMost(Duration.ofMinutes(2)).until(service::isIdle);
    }

    private static JsonNode clock(JsonNode report, String policy) {
        for (JsonNode clock : report.path("clocks")) {
            if (clock.path("policy").stringValue().equals(policy)) {
                return clock;
            }
        }
        throw new AssertionError("no clock of " + policy + " in " + report);
    }

    @Test
    void a_deal_tells_its_clocks_at_any_instant() throws Exception {
        JsonNode early = service.get("/masterdeal/" + DEAL + "/sla?at=2026-04-06T12:00:00Z");
        JsonNode late = service.get("/masterdeal/" + DEAL + "/sla?at=2026-04-10T12:00:00Z");

        assertThat(early.path("stage").stringValue()).isEqualTo("briefed");
        JsonNode cycle = clock(early, "brief-to-offer").path("cycles").path(0);
        assertThat(cycle.path("state").stringValue()).isEqualTo("running");
        // Noon to 13:00 and 14:00 to 15:00 in Moscow.
        assertThat(cycle.path("spent").longValue())
                .isEqualTo(Duration.ofHours(2).toMillis());
        assertThat(cycle.path("due_at").stringValue()).isEqualTo("2026-04-09T09:00:00.000Z");
        assertThat(clock(late, "brief-to-offer").path("state").stringValue()).isEqualTo("breached");
        assertThat(clock(late, "brief-to-offer").at("/cycles/0/breached_at").stringValue())
                .isEqualTo("2026-04-09T09:00:00.000Z");
    }

    @Test
    void an_object_has_a_clock_of_its_own_and_names_its_deal() throws Exception {
        JsonNode report = service.get("/masterdeal/" + CASE + "/sla?at=2026-04-06T12:00:00Z");

        assertThat(report.path("root").stringValue()).isEqualTo(DEAL);
        assertThat(clock(report, "legal-review").path("object").stringValue()).isEqualTo(CASE);
        assertThat(clock(report, "lead-to-close").path("object").isNull()).isTrue();
    }

    @Test
    void pages_tell_each_deal_once_with_what_they_are_made_of() throws Exception {
        List<String> roots = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = service.get("/sla/reports?limit=1&at=2026-04-06T12:00:00Z&cursor=" + cursor);
            assertThat(page.path("at").stringValue()).isEqualTo("2026-04-06T12:00:00.000Z");
            assertThat(page.path("policies").stringValue()).isEqualTo("default@1");
            assertThat(page.path("rules").stringValue()).isEqualTo("default");
            roots.addAll(page.path("items").findValuesAsString("root"));
            cursor = page.path("next").stringValue("");
        } while (!cursor.isEmpty());

        assertThat(roots).doesNotHaveDuplicates().contains(DEAL, "crm:deal:sla-2");
        assertThat(roots).hasSize(service.get("/summary").path("deals").intValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "2026-04-06T12:00:00.0001Z"})
    void an_instant_that_is_none_is_refused_with_what_is_wanted(String at) throws Exception {
        HttpResponse<String> response = service.request("GET", "/sla/reports?at=" + at, "reader");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).path("detail").stringValue())
                .contains(at)
                .contains("2026-04-06T09:00:00Z");
    }

    @Test
    void a_deal_that_is_not_there_is_told_as_for_its_stage() throws Exception {
        assertThat(service.request("GET", "/masterdeal/crm:deal:nobody/sla", "reader")
                        .statusCode())
                .isEqualTo(404);
    }
}
