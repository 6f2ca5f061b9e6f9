package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.event.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of deals that are closed in time or late: from the events of the systems to Kafka, and to Task-Tracker. */
class SlaPipelineTest {

    private static final String POLICIES = """
            name: hours
            version: 1
            policies:
              - policy: whole
                title: the whole deal
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                reopen: continue
                target: 60m
                end_to_end: true
                escalation: {at: {breach: {task: call the client, page: true}}}
              - policy: review
                per: legal:case
                start: {this: {reached: Legal Started}}
                stop: {this: {reached: Legal Approved}}
                target: 3s
            """;

    private static final Duration WAIT = Duration.ofMinutes(1);

    private static TestPlatform platform;

    private static PlatformClient task;

    private static HttpClient http;

    private TopicEvents canonical;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, SQLException {
        Path policies = Files.writeString(directory.resolve("hours.yaml"), POLICIES);
        platform = TestPlatform.empty(Map.of("masterdeal.service.sla.policies", policies.toString()));
        task = new PlatformClient(
                "gateway",
                Objects.requireNonNull(platform.addresses().gateway()),
                ApiKeys.read(platform.addresses().apiKeys(), "task"));
        http = HttpClient.newHttpClient();
    }

    @BeforeEach
    void listen() {
        canonical = TopicEvents.fromNow(platform, "masterdeal.events");
    }

    @Test
    void a_deal_closed_in_time_is_told_as_closed_and_nobody_gets_a_task() throws Exception {
        created("D-in-time", 50);
        toldIs("D-in-time", "created lead_created");
        closed("D-in-time", "1", 10);

        toldIs("D-in-time", "created lead_created", "closed closed");
        assertThat(tasks("D-in-time")).isEmpty();
    }

    @Test
    void a_deal_closed_late_is_told_as_breached_and_its_task_is_made_once() throws Exception {
        created("D-late", 180);
        toldIs("D-late", "created lead_created", "sla.breached lead_created");
        tasksAre("D-late", "call the client open urgent");

        closed("D-late", "1", 1);

        toldIs("D-late", "created lead_created", "sla.breached lead_created", "sla.breached closed final");
        tasksAre("D-late", "call the client open urgent");
    }

    @Test
    void a_late_fact_that_makes_a_deal_in_time_takes_the_breach_back_and_closes_the_task() throws Exception {
        created("D-mended", 180);
        toldIs("D-mended", "created lead_created", "sla.breached lead_created");
        closed("D-mended", "1", 1);
        toldIs("D-mended", "created lead_created", "sla.breached lead_created", "sla.breached closed final");
        tasksAre("D-mended", "call the client open urgent");

        closed("D-mended", "2", 150);

        toldIs(
                "D-mended",
                "created lead_created",
                "sla.breached lead_created",
                "sla.breached closed final",
                "sla.retracted closed final",
                "closed closed");
        tasksAre("D-mended", "call the client cancelled urgent");
    }

    @Test
    void a_closed_deal_that_is_found_late_is_told_as_breached() throws Exception {
        created("D-found", 50);
        toldIs("D-found", "created lead_created");
        closed("D-found", "1", 10);
        toldIs("D-found", "created lead_created", "closed closed");

        created("D-found", 100);

        toldIs("D-found", "created lead_created", "closed closed", "sla.breached closed final");
        tasksAre("D-found", "call the client open urgent");
    }

    @Test
    void a_deal_that_is_reopened_and_closed_again_counts_anew() throws Exception {
        created("D-again", 50);
        toldIs("D-again", "created lead_created");
        UUID closing = closed("D-again", "1", 10);
        toldIs("D-again", "created lead_created", "closed closed");

        send(
                "dcm",
                event("dcm.event.retracted", "dcm:closeout:D-again-1", 0, "", "\"retracts\": [\"" + closing + "\"]"));
        toldIs("D-again", "created lead_created", "closed closed", "stage.changed lead_created");
        closed("D-again", "2", 5);

        toldIs("D-again", "created lead_created", "closed closed", "stage.changed lead_created", "closed closed");
    }

    @Test
    void a_moved_start_keeps_its_task() throws Exception {
        created("D-moved", 180);
        toldIs("D-moved", "created lead_created", "sla.breached lead_created");
        tasksAre("D-moved", "call the client open urgent");

        created("D-moved", 200);

        toldIs(
                "D-moved",
                "created lead_created",
                "sla.breached lead_created",
                "sla.breached lead_created",
                "sla.retracted lead_created");
        tasksAre("D-moved", "call the client open urgent");
    }

    @Test
    void a_replayed_closing_is_told_as_replayed_and_makes_no_task() throws Exception {
        send("crm", event("crm.deal.created", "crm:deal:D-replayed", 180, "\"replayed\": true,", ""));
        toldIs("D-replayed", "created lead_created");

        String link = "\"links\": [\"crm:deal:D-replayed\"]";
        send("dcm", event("dcm.closeout.completed", "dcm:closeout:D-replayed", 1, "\"replayed\": true,", link));

        List<Event> told = toldIs("D-replayed", "created lead_created", "sla.breached closed final");
        assertThat(told).allMatch(event -> event.envelope().replayed());
        assertThat(tasks("D-replayed")).isEmpty();
    }

    @Test
    void a_deadline_fires_by_itself() throws Exception {
        created("D-fires", 0);
        send("legal", event("legal.started", "legal:case:D-fires", 0, "", "\"links\": [\"crm:deal:D-fires\"]"));

        List<Event> told = await().atMost(WAIT)
                .until(
                        () -> told("D-fires"),
                        it -> it.getLast().envelope().type().equals("masterdeal.sla.breached"));
        assertThat(told.getLast().data().get("policy")).isEqualTo("review");
        assertThat(told.getLast().envelope().time())
                .as("not before it is due")
                .isAfterOrEqualTo(
                        Instant.ofEpochMilli((Long) told.getLast().data().get("at")));
    }

    private UUID created(String deal, int minutesAgo) throws Exception {
        return send("crm", event("crm.deal.created", "crm:deal:" + deal, minutesAgo, "", ""));
    }

    private UUID closed(String deal, String closeout, int minutesAgo) throws Exception {
        return send(
                "dcm",
                event(
                        "dcm.closeout.completed",
                        "dcm:closeout:" + deal + "-" + closeout,
                        minutesAgo,
                        "",
                        "\"links\": [\"crm:deal:" + deal + "\"]"));
    }

    private String event(String type, String subject, int minutesAgo, String envelope, String data) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "/test", "type": "%s", "subject": "%s", "time": "%s", %s
                 "data": {%s}}""".formatted(
                        UUID.randomUUID(), type, subject, now.minus(Duration.ofMinutes(minutesAgo)), envelope, data);
    }

    private static UUID send(String domain, String event) throws IOException, InterruptedException {
        URI gateway = Objects.requireNonNull(platform.addresses().gateway());
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(gateway.resolve("/events"))
                        .header(
                                "Authorization",
                                "Bearer " + ApiKeys.read(platform.addresses().apiKeys(), domain))
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(BodyPublishers.ofString(event))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(event.substring(event.indexOf("\"id\": \"") + 7, event.indexOf("\", \"source")));
    }

    /**
     * Waits until a deal was told in these revisions. Those that only say that its objects have changed are left out: a task is an
     * object of the deal, too. All are counted from 1.
     */
    private List<Event> toldIs(String deal, String... expected) {
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(told(deal))
                        .filteredOn(event -> !event.envelope().type().equals("masterdeal.updated"))
                        .extracting(SlaPipelineTest::text)
                        .containsExactly(expected));
        List<Event> told = told(deal);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i).envelope().sequence()).isEqualTo(i + 1);
        }
        return told;
    }

    private static String text(Event event) {
        return event.envelope().type().replace("masterdeal.", "") + " "
                + event.data().get("stage")
                + (event.data().getSchema().getField("final") != null
                                && event.data().get("final").equals(true)
                        ? " final"
                        : "");
    }

    private List<Event> told(String deal) {
        return canonical.all().stream()
                .filter(event -> event.envelope().subject().equals("crm:deal:" + deal))
                .toList();
    }

    private static void tasksAre(String deal, String... expected) {
        await().atMost(WAIT).untilAsserted(() -> assertThat(tasks(deal)).containsExactly(expected));
    }

    private static List<String> tasks(String deal) throws InterruptedException {
        List<String> tasks = new ArrayList<>();
        for (JsonNode each : task.get("/task/tasks?limit=1000").path("items")) {
            boolean ofDeal = each.path("links")
                    .valueStream()
                    .anyMatch(it -> it.stringValue().equals("crm:deal:" + deal));
            JsonNode attributes = each.path("attributes");
            if (ofDeal && attributes.path("origin").stringValue("").equals("sla")) {
                String status = each.path("status").stringValue();
                tasks.add(attributes.path("title").stringValue() + " "
                        + (status.equals("Needless") ? "cancelled" : "open") + " "
                        + attributes.path("priority").stringValue());
            }
        }
        return tasks;
    }
}
