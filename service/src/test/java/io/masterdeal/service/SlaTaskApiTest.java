package io.masterdeal.service;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import io.masterdeal.effects.servers.TaskTracker;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a breach that is told to a task in Task-Tracker and back, in the whole service. */
class SlaTaskApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final ObjectKey DEAL = new ObjectKey("crm:deal:sla-task");

    private static final TaskTracker TRACKER = new TaskTracker();

    private static RemoteSystem remote;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        remote = new RemoteSystem();
        remote.answers(TRACKER);
        service = RunningService.shared()
                .another(Map.of(
                        "spring.datasource.url",
                        TestServers.get().createDatabase("slatasks"),
                        "masterdeal.kafka.group",
                        "service-sla-tasks",
                        "masterdeal.relay.slot",
                        "service_sla_tasks",
                        "masterdeal.service.sla.queue",
                        "test.sla.tasks",
                        "masterdeal.gateway.url",
                        remote.address().toString()));
        try (DomainEvents events = new DomainEvents()) {
            events.send(event("crm.deal.created", DEAL.value(), Instant.now()));
        }
        await().atMost(PATIENCE)
                .until(() -> service.isIdle()
                        && service.get("/intake").path("pending_effects").longValue() == 0);
    }

    @AfterAll
    static void stop() {
        service.close();
        remote.close();
    }

    private static void write(List<SlaTasks.Task> open, List<UUID> close) throws SQLException {
        SlaTasks tasks = service.bean(SlaTasks.class);
        int written = new Transactions(service.bean(DataSource.class), new SimpleMeterRegistry())
                .runByKeys(connection -> tasks.write(connection, open, close));
        tasks.committed(written);
    }

    private static JsonNode done(UUID id) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> service.get("/effects/" + id)
                        .path("state")
                        .stringValue("")
                        .equals("done"));
        return service.get("/effects/" + id);
    }

    @Test
    void a_task_is_made_shown_and_closed() throws Exception {
        UUID id = UUID.randomUUID();
        UUID deal = MasterDealId.of(DEAL).value();
        Instant at = Instant.parse("2026-04-06T15:00:00Z");
        write(
                List.of(new SlaTasks.Task(
                        id,
                        deal,
                        DEAL,
                        "warned",
                        80,
                        "brief-to-offer",
                        null,
                        "crm",
                        "Hurry",
                        false,
                        at.minusSeconds(60),
                        at,
                        null,
                        3)),
                List.of());

        JsonNode made = done(id);
        assertThat(TRACKER.statuses()).containsExactly("To do");
        assertThat(made.path("reaction").stringValue()).isEqualTo("sla-task");
        assertThat(made.has("event_id")).isFalse();
        assertThat(made.path("deal").stringValue()).isEqualTo(DEAL.value());
        assertThat(made.path("task").toString())
                .isEqualTo("{\"wanted\":\"open\",\"key\":\"task:task:T-1\",\"title\":\"Hurry\",\"page\":false,"
                        + "\"domain\":\"crm\",\"kind\":\"warned\",\"percent\":80,\"policy\":\"brief-to-offer\","
                        + "\"started_at\":\"2026-04-06T14:59:00.000Z\",\"at\":\"2026-04-06T15:00:00.000Z\","
                        + "\"revision\":3}");
        assertThat(service.get("/effects?state=done&deal=" + deal).path("items").path(0))
                .isEqualTo(made);

        write(List.of(), List.of(id));
        await().atMost(PATIENCE).until(() -> TRACKER.statuses().equals(List.of("Needless")));

        JsonNode closed = done(id);
        assertThat(closed.path("task").path("wanted").stringValue()).isEqualTo("closed");
        // Other systems are asked because of events that other tests have sent.
        assertThat(remote.received().stream().map(Received::path).filter(path -> path.startsWith("/task/")))
                .containsExactly("/task/tasks", "/task/tasks/T-1/cancel");
        assertThat(service.request("GET", "/actuator/prometheus", "reader").body())
                .contains("masterdeal_queue_handled_total{outcome=\"done\",queue=\"test.sla.tasks\"}");
    }
}
