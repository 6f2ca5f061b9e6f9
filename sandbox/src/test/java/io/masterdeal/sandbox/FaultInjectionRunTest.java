package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs in which something goes wrong. */
class FaultInjectionRunTest {
    private static final Map<String, Object> IMPATIENT =
            Map.of("masterdeal.sandbox.patience", "300ms", "masterdeal.sandbox.keep-deals", "1000");

    @TempDir
    private Path directory;

    @Test
    void every_story_ends_and_the_counts_of_faults_add_up() throws Exception {
        try (var sandbox = RunningSandbox.start(directory, IMPATIENT)) {
            sandbox.put("/simulation/misbehaviour", """
                    {"seed": 7, "lose": 8, "duplicate": 15, "reorder": 15, "delay": 10, "slow": 5, "fail": 10}""");
            sandbox.post("/simulation", "{\"deals\": 100, \"rate\": 100, \"seed\": 7, \"tag\": \"m1\"}");

            JsonNode status = sandbox.awaitIdle(Duration.ofSeconds(60));

            List<JsonNode> events = sandbox.all("/simulation/events");
            int copies = events.stream()
                    .mapToInt(event -> event.path("copies").asInt())
                    .sum();
            long lost = events.stream()
                    .filter(event -> event.path("lost").asBoolean())
                    .count();
            assertThat(status.path("finished").asInt()).isEqualTo(100);
            assertThat(status.path("unsent").asInt()).isZero();
            assertThat(status.path("refused").asInt()).isZero();
            assertThat(status.path("emitted").asInt()).isEqualTo(events.size());
            assertThat(status.path("lost").asLong()).isEqualTo(lost).isPositive();
            assertThat(status.path("duplicated").asInt()).isPositive();
            assertThat(status.path("reordered").asInt()).isPositive();
            assertThat(status.path("delayed").asInt()).isPositive();
            assertThat(status.path("failed_answers").asInt()).isPositive();
            assertThat(copies)
                    .isEqualTo(events.size()
                            - (int) lost
                            + status.path("duplicated").asInt())
                    .isEqualTo(sandbox.gateway.taken.size());
            assertThat(events)
                    .allMatch(event -> event.path("lost").asBoolean()
                            == event.path("sent_at").isNull());
            assertThat(sandbox.all("/simulation/deals"))
                    .noneMatch(deal -> deal.path("varieties").toString().contains("\"broken\""));
        }
    }

    @Test
    void without_gateway_and_masterdeal_people_phone_and_events_are_sent_later() throws Exception {
        try (var sandbox = RunningSandbox.start(directory, IMPATIENT)) {
            sandbox.gateway.takesEvents = false;
            sandbox.gateway.routesCalls = false;
            sandbox.gateway.knowsDeals = false;
            sandbox.post("/simulation", "{\"deals\": 40, \"rate\": 100, \"seed\": 3, \"tag\": \"d1\"}");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() ->
                            sandbox.get("/simulation").json().path("finished").asInt() == 40);
            JsonNode over = sandbox.get("/simulation").json();
            assertThat(over.path("state").asString()).isEqualTo("draining");
            assertThat(over.path("unsent").asInt())
                    .isEqualTo(over.path("emitted").asInt());
            assertThat(sandbox.all("/simulation/deals"))
                    .anyMatch(deal -> deal.path("varieties").toString().contains("by-phone"))
                    .noneMatch(deal -> deal.path("varieties").toString().contains("\"broken\""));

            sandbox.gateway.takesEvents = true;
            sandbox.awaitIdle(Duration.ofSeconds(20));
            assertThat(sandbox.gateway.taken).hasSize(over.path("emitted").asInt());
        }
    }

    @Test
    void earlier_requests_of_others_do_not_prevent_the_first_run() throws Exception {
        try (var sandbox = RunningSandbox.start(directory, IMPATIENT)) {
            // given
            sandbox.gateway.takesEvents = false;
            sandbox.post("/task/tasks", "{\"id\": \"T-left-over\"}");
            assertThat(sandbox.get("/simulation").json().path("unsent").asInt()).isOne();

            // when
            var begun = sandbox.post("/simulation", "{\"deals\": 2, \"rate\": 100, \"seed\": 3, \"tag\": \"l1\"}");

            // then
            assertThat(begun.status()).as(begun.toString()).isLessThan(300);
            sandbox.gateway.takesEvents = true;
            sandbox.awaitIdle(Duration.ofSeconds(40));
        }
    }

    @Test
    void an_endless_run_uses_bounded_memory_and_can_be_ended() throws Exception {
        var little = Map.<String, Object>of(
                "masterdeal.sandbox.keep-deals", "10",
                "masterdeal.sandbox.keep-events", "150",
                "masterdeal.sandbox.patience", "300ms");
        try (var sandbox = RunningSandbox.start(directory, little)) {
            sandbox.post("/simulation", "{\"deals\": 0, \"rate\": 100, \"seed\": 1, \"tag\": \"e1\"}");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() ->
                            sandbox.get("/simulation").json().path("started").asInt() > 60);
            assertThat(sandbox.post("/simulation", "{\"tag\": \"e2\"}").status())
                    .isEqualTo(409);

            sandbox.send(sandbox.request("/simulation", "operator").DELETE());
            JsonNode status = sandbox.awaitIdle(Duration.ofSeconds(20));

            assertThat(status.path("finished").asInt())
                    .isEqualTo(status.path("started").asInt());
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(sandbox.all("/simulation/deals")).hasSize(10);
                assertThat(sandbox.all("/crm/deals")).hasSize(10);
            });
            assertThat(sandbox.all("/simulation/events")).hasSize(150);
            assertThat(sandbox.post("/simulation", "{\"tag\": \"e1\"}").status())
                    .isEqualTo(409);
        }
    }
}
