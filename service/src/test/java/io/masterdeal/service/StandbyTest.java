package io.masterdeal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.service.servers.RunningService;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A service beside others whose reactions are not its own. */
class StandbyTest {

    @Test
    void it_answers_takes_nothing_in_says_why_and_stops_in_order() throws Exception {
        RunningService service = RunningService.shared();

        try (RunningService other = service.another(Map.of("masterdeal.reactions", "none"))) {
            JsonNode intake = other.get("/intake");
            assertThat(intake.path("state").stringValue()).isEqualTo("standby");
            assertThat(intake.path("waits_for").stringValue())
                    .isEqualTo("another service process works with other reactions (masterdeal.reactions):"
                            + " stop it, or start this one with the same");
            assertThat(other.get("/summary").path("deals"))
                    .isEqualTo(service.get("/summary").path("deals"));
            assertThat(other.request("GET", "/actuator/health/readiness", null).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> link = other.post(
                    "/orphans/legal:case:standby/link",
                    "operator",
                    "{\"parent\":\"crm:deal:standby\",\"reason\":\"its reactions would be those of this process\"}");
            assertThat(link.statusCode()).as(link.body()).isEqualTo(503);
            assertThat(link.body()).contains("another service process works with other reactions");
        }

        assertThat(service.get("/intake").path("state").stringValue()).isEqualTo("reading");
        assertThat(service.get("/intake").has("waits_for")).isFalse();
    }
}
