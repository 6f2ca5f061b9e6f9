package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What CRM and Task-Tracker do with the clocks of a deal. */
class SlaTest {

    private static final String BREACHED = """
            [{"policy": "legal-review", "object": "legal:case:C-1", "state": "breached", "warned_at": [],
              "breached_at": "2026-04-06T09:00:00.000Z"}]""";

    @TempDir
    private Path directory;

    @Test
    void they_read_stage_and_clocks_from_the_answer_and_the_task_of_a_breached_deal_becomes_urgent() throws Exception {
        try (var sandbox = RunningSandbox.start(directory, Map.of())) {
            // given
            sandbox.gateway.sla = BREACHED;

            // when
            sandbox.post("/simulation", "{\"deals\": 30, \"rate\": 100, \"seed\": 7, \"tag\": \"s1\"}");
            sandbox.awaitIdle(Duration.ofSeconds(40));

            // then
            List<JsonNode> briefed = sandbox.all("/simulation/deals").stream()
                    .filter(deal -> !deal.path("story").asString().equals("lead-only"))
                    .toList();
            assertThat(briefed).isNotEmpty().allSatisfy(deal -> {
                assertThat(deal.path("sla").path("crm").toString())
                        .isEqualTo("[\"legal-review of legal:case:C-1: breached\"]");
                assertThat(deal.path("sla").path("task"))
                        .isEqualTo(deal.path("sla").path("crm"));
                assertThat(deal.path("varieties").toString())
                        .contains("\"sla-breached\"")
                        .doesNotContain("sla-at-risk", "broken");
            });
            assertThat(sandbox.all("/task/tasks"))
                    .isNotEmpty()
                    .allSatisfy(
                            task -> assertThat(task.at("/attributes/priority").asString())
                                    .isEqualTo("high"));
        }
    }

    @Test
    void they_read_the_clocks_from_a_notification_too() throws Exception {
        try (var sandbox = RunningSandbox.start(directory, Map.of())) {
            sandbox.gateway.listener = event -> {
                if (event.envelope().type().equals("crm.brief.submitted")) {
                    ObjectNode told = RunningSandbox.JSON.createObjectNode();
                    told.put("specversion", "1.0")
                            .put("id", UUID.randomUUID().toString())
                            .put("type", "masterdeal.sla.warned");
                    told.putObject("data")
                            .put("root", event.envelope().subject())
                            .put("revision", 9)
                            .put("stage", "offer_ready")
                            .putArray("sla")
                            .addObject()
                            .put("policy", "brief-to-offer")
                            .put("state", "running")
                            .put("at_risk", true);
                    sandbox.send(Notifier.CRM.request(sandbox.address(), told));
                }
            };

            sandbox.post("/simulation", "{\"deals\": 10, \"rate\": 100, \"seed\": 7, \"tag\": \"n1\"}");
            sandbox.awaitIdle(Duration.ofSeconds(60));

            assertThat(sandbox.all("/simulation/deals"))
                    .anySatisfy(deal -> assertThat(deal.path("sla").path("crm").toString())
                            .isEqualTo("[\"brief-to-offer: at risk\"]"));
        }
    }

    @Test
    void tasks_that_masterdeal_gives_because_of_sla_are_counted_as_open_until_they_are_closed() throws Exception {
        try (var sandbox = RunningSandbox.start(directory, Map.of())) {
            // given
            String task = """
                    {"id": "%s", "links": ["crm:deal:D-1"],
                     "attributes": {"title": "Finish the media plan", "origin": "%s", "priority": "high"}}""";
            sandbox.post("/task/tasks", task.formatted("T-1", "sla"));
            sandbox.post("/task/tasks", task.formatted("T-2", "sla"));
            sandbox.post("/task/tasks", task.formatted("T-3", "sla"));
            sandbox.post("/task/tasks", task.formatted("T-4", "somebody"));
            assertThat(tasks(sandbox)).isEqualTo("{\"open\":3,\"closed\":0}");

            // when
            sandbox.post("/task/tasks/T-1/cancel", "{}");
            sandbox.post("/task/tasks/T-2/start", "{}");
            sandbox.post("/task/tasks/T-4/complete", "{}");

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(tasks(sandbox)).isEqualTo("{\"open\":2,\"closed\":1}"));
        }
    }

    private static String tasks(RunningSandbox sandbox) {
        return sandbox.get("/simulation").json().path("sla_tasks").toString();
    }
}
