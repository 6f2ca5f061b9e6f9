package io.masterdeal.service.query;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answers over HTTP. */
class QueryApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String OFFERED = "crm:deal:query/1é";

    private static final String LOST = "crm:deal:query-2";

    private static final String SHARED = "docflow:contract:query-frame";

    private static final Event CREATED = event("crm.deal.created", OFFERED, 1);

    private static final Event READY = event("media.mediaplan.ready", "media:mediaplan:query", 3, OFFERED);

    private static final Event BRIEF = event("crm.brief.submitted", OFFERED, 2);

    private static final Event LOSS = event("crm.deal.lost", LOST, 2);

    private static final UUID TWICE = UUID.randomUUID();

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            events.send(CREATED, BRIEF, READY);
            Event created = event("crm.deal.created", LOST, 1);
            created.data().put("client", "Yantar Clinics");
            created.data().put("attributes", Map.of("region", "North", "note", "not among the fields"));
            events.send(created, LOSS);
            events.send(event("docflow.contract.signed", SHARED, 4, OFFERED, LOST));
            events.send(event("legal.approved", "legal:case:query-waits", 5, "docflow:contract:query-unknown"));
            events.send(again(event("crm.lead.created", "crm:lead:query", 6)));
            events.send(again(event("crm.lead.qualified", "crm:lead:query", 7)));
            for (int i = 0; i < 25; i++) {
                events.send(event("crm.deal.created", "crm:deal:query-page-%02d".formatted(i), 1));
            }
        }
        await().atMost(PATIENCE).until(service::isIdle);
    }

    private static Event again(Event event) {
        Envelope envelope = event.envelope();
        return new Event(
                Envelope.builder(TWICE, envelope.source(), envelope.type(), envelope.subject(), envelope.time())
                        .build(),
                event.data());
    }

    @Test
    void a_deal_is_found_by_its_id_and_by_any_of_its_objects() throws Exception {
        String id = MasterDealId.of(new ObjectKey(OFFERED)).toString();
        JsonNode deal = service.get("/masterdeal/" + id);

        assertThat(deal.path("master_deal_id").stringValue()).isEqualTo(id);
        assertThat(deal.path("root").stringValue()).isEqualTo(OFFERED);
        assertThat(deal.path("stage").stringValue()).isEqualTo("offer_ready");
        assertThat(deal.path("outcome").stringValue()).isEqualTo("open");
        assertThat(deal.path("facts").intValue()).isEqualTo(4);
        assertThat(deal.path("objects").findValuesAsString("key"))
                .containsExactly(OFFERED, SHARED, "media:mediaplan:query");
        assertThat(deal.path("findings").findValuesAsString("stage")).contains("lead_created", "closed");
        assertThat(service.get("/masterdeal/media:mediaplan:query")).isEqualTo(deal);
    }

    @Test
    void the_attributes_of_the_root_and_the_time_of_the_stage_are_told_of_a_deal_and_in_lists() throws Exception {
        JsonNode deal = service.get("/masterdeal/" + LOST);
        JsonNode listed =
                service.get("/masterdeal?object=" + LOST).path("items").path(0);

        assertThat(deal.path("attributes")).hasToString("{\"client\":\"Yantar Clinics\",\"region\":\"North\"}");
        assertThat(deal.path("stage_since").stringValue()).isEqualTo("2026-03-01T10:01:00.000Z");
        assertThat(listed.path("attributes")).isEqualTo(deal.path("attributes"));
        assertThat(listed.path("stage_since")).isEqualTo(deal.path("stage_since"));
        assertThat(service.get("/masterdeal/media:mediaplan:query").path("attributes"))
                .hasToString("{}");
    }

    @Test
    void an_outcome_tells_since_when_it_holds_and_why() throws Exception {
        JsonNode finding = service.get("/masterdeal/" + LOST).path("outcome_finding");

        assertThat(finding.path("since").stringValue()).isEqualTo("2026-03-01T10:02:00.000Z");
        assertThat(finding.path("evidence").valueStream().map(JsonNode::stringValue))
                .containsExactly(LOSS.envelope().id().toString());
        assertThat(service.get("/masterdeal/media:mediaplan:query").has("outcome_finding"))
                .isFalse();
    }

    @Test
    void the_timeline_tells_its_evidence() throws Exception {
        JsonNode timeline = service.get("/masterdeal/media:mediaplan:query/timeline");

        assertThat(timeline.findValuesAsString("stage")).containsExactly("lead_created", "briefed", "offer_ready");
        assertThat(timeline.findValuesAsString("effective_at"))
                .containsExactly("2026-03-01T10:01:00.000Z", "2026-03-01T10:02:00.000Z", "2026-03-01T10:03:00.000Z");
        List<String> evidence = new ArrayList<>();
        timeline.path(2).path("evidence").forEach(it -> evidence.add(it.stringValue()));
        assertThat(evidence)
                .containsExactlyInAnyOrder(
                        BRIEF.envelope().id().toString(), READY.envelope().id().toString());
    }

    @Test
    void pages_visit_each_deal_once_in_order() throws Exception {
        List<String> visited = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = service.get("/masterdeal?limit=7&cursor=" + cursor);
            assertThat(page.path("items").size()).isBetween(1, 7);
            visited.addAll(page.path("items").findValuesAsString("root"));
            assertThat(page.path("items").path(0).has("timeline")).isFalse();
            cursor = page.path("next").stringValue("");
        } while (!cursor.isEmpty());

        Set<String> sorted = new TreeSet<>(visited);
        assertThat(visited).hasSameSizeAs(sorted).contains(OFFERED, LOST);
        List<ObjectKey> keys = visited.stream().map(ObjectKey::new).toList();
        assertThat(keys).isSorted();
        assertThat(visited).hasSize(service.get("/summary").path("deals").intValue());
    }

    @Test
    void deals_are_filtered_by_stage_outcome_and_object() throws Exception {
        assertThat(roots("stage=offer_ready")).contains(OFFERED).doesNotContain(LOST);
        assertThat(roots("outcome=lost")).contains(LOST).doesNotContain(OFFERED);
        assertThat(roots("object=" + SHARED)).containsExactly(LOST, OFFERED);
        assertThat(roots("object=" + encoded(OFFERED))).containsExactly(OFFERED);
        assertThat(roots("stage=closed&outcome=open")).isEmpty();
        assertThat(service.get("/masterdeal?timeline=true&object=" + encoded(OFFERED))
                        .path("items")
                        .path(0)
                        .path("timeline")
                        .findValuesAsString("stage"))
                .containsExactly("lead_created", "briefed", "offer_ready");
    }

    @Test
    void an_object_of_several_deals_is_a_conflict_that_names_them() throws Exception {
        JsonNode problem = problem("GET", "/masterdeal/" + SHARED, "reader", 409);

        assertThat(problem.path("detail").stringValue()).contains(OFFERED).contains(LOST);
    }

    @Test
    void what_is_not_found_is_told_apart_from_what_waits() throws Exception {
        assertThat(problem("GET", "/masterdeal/legal:case:query-waits", "reader", 404)
                        .path("detail")
                        .stringValue())
                .contains("orphan");
        assertThat(problem("GET", "/masterdeal/crm:deal:never-heard-of", "reader", 404)
                        .path("detail")
                        .stringValue())
                .contains("No fact names");
        problem("GET", "/facts/" + UUID.randomUUID(), "reader", 404);
        problem("GET", "/no/such/path", "reader", 404);
    }

    @Test
    void a_fact_tells_where_it_came_from() throws Exception {
        JsonNode fact = service.get("/facts/" + READY.envelope().id()).path(0);

        assertThat(fact.path("type").stringValue()).isEqualTo("media.mediaplan.ready");
        assertThat(fact.path("subject").stringValue()).isEqualTo("media:mediaplan:query");
        assertThat(fact.path("status").stringValue()).isEqualTo("Plan Ready");
        assertThat(fact.path("links").path(0).stringValue()).isEqualTo(OFFERED);
        assertThat(fact.path("occurred_at").stringValue()).isEqualTo("2026-03-01T10:03:00.000Z");
        assertThat(fact.path("correlation_id").stringValue()).isEqualTo("c-1");
        assertThat(fact.path("traceparent").stringValue()).startsWith("00-0af7651916cd43dd8448eb211c80319c");
        assertThat(fact.path("origin").stringValue()).matches("media\\.events-\\d+@\\d+");
        assertThat(fact.path("retracted").booleanValue()).isFalse();
    }

    @Test
    void orphans_conflicts_and_counts_are_told() throws Exception {
        JsonNode orphans = service.get("/orphans?limit=1000").path("items");
        JsonNode conflicts = service.get("/conflicts?limit=1000").path("items");
        JsonNode summary = service.get("/summary");

        assertThat(orphans.findValuesAsString("object")).contains("crm:lead:query", "legal:case:query-waits");
        for (JsonNode orphan : orphans) {
            assertThat(orphan.path("facts").longValue()).isPositive();
            assertThat(orphan.path("age_seconds").longValue()).isBetween(0L, 3600L);
        }
        assertThat(conflicts.findValuesAsString("event_id")).contains(TWICE.toString());
        assertThat(service.get("/facts/" + TWICE).findValuesAsString("type"))
                .containsExactlyInAnyOrder("crm.lead.created", "crm.lead.qualified");
        Map<String, Integer> stages = new TreeMap<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (JsonNode deal : service.get("/masterdeal?limit=1000").path("items")) {
            stages.merge(deal.path("stage").stringValue(), 1, Integer::sum);
            outcomes.merge(deal.path("outcome").stringValue(), 1, Integer::sum);
        }
        stages.forEach((stage, deals) ->
                assertThat(summary.path("stages").path(stage).intValue()).isEqualTo(deals));
        outcomes.forEach((outcome, deals) ->
                assertThat(summary.path("outcomes").path(outcome).intValue()).isEqualTo(deals));
        assertThat(summary.path("stages").propertyNames())
                .containsExactly("none", "lead_created", "briefed", "offer_ready", "contracting", "closing", "closed");
        assertThat(summary.path("orphans").intValue()).isEqualTo(orphans.size());
        assertThat(summary.path("conflicting_ids").intValue()).isEqualTo(conflicts.size());
        assertThat(summary.path("rule_set").stringValue()).startsWith("default@1");
    }

    @Test
    void a_question_that_gets_no_answer_in_time_ends_and_says_what_to_do() throws Exception {
        try (Connection connection = service.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE orphans IN ACCESS EXCLUSIVE MODE");

            JsonNode problem = problem("GET", "/orphans", "reader", 504);

            assertThat(problem.path("detail").stringValue()).contains("masterdeal.readers.answer");
            connection.rollback();
        }
        assertThat(service.get("/orphans").has("items")).isTrue();
    }

    @Test
    void how_far_intake_and_relay_are_is_told() throws Exception {
        JsonNode intake = service.get("/intake");
        assertThat(intake.path("state").stringValue()).isEqualTo("reading");
        assertThat(intake.path("partitions").findValuesAsString("topic")).contains("crm.events", "dcm.events");
        assertThat(intake.path("pending_folds").isNumber()).isTrue();

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode relay = service.get("/relay");
            assertThat(relay.path("state").stringValue()).isEqualTo("leading");
            assertThat(relay.path("lag_bytes").longValue()).isNotNegative();
            assertThat(relay.path("incidents").isArray()).isTrue();
        });
        assertThat(service.get("/relay/parked?limit=5").toString()).isEqualTo("{\"events\":0,\"items\":[]}");
    }

    @Test
    void postgresql_lets_go_of_what_a_vanished_process_held() throws Exception {
        try (Connection connection = service.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : Map.of(
                            "idle_in_transaction_session_timeout", "1min",
                            "tcp_keepalives_idle", "30",
                            "tcp_keepalives_interval", "10",
                            "tcp_keepalives_count", "3")
                    .entrySet()) {
                try (ResultSet row = statement.executeQuery("SHOW " + setting.getKey())) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).as(setting.getKey()).isEqualTo(setting.getValue());
                }
            }
        }
    }

    @Test
    void only_callers_with_a_key_may_read_and_only_the_operator_may_change() throws Exception {
        for (String path : List.of("/masterdeal", "/summary", "/openapi", "/actuator/prometheus", "/nothing")) {
            problem("GET", path, null, 401);
        }
        problem("GET", "/actuator/health/../../masterdeal", null, 401, 404, 400);
        problem("POST", "/operations/republish", null, 401);
        problem("POST", "/operations/republish", "crm", 403);
        problem("POST", "/operations/rebuild", "reader", 403);
        assertThat(service.request("GET", "/actuator/health", null).statusCode())
                .isEqualTo(200);
        assertThat(service.request("HEAD", "/masterdeal", "reader").statusCode())
                .isEqualTo(200);
        HttpResponse<String> done = service.request("POST", "/operations/republish", "operator");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared()
                        .readTree(done.body())
                        .path("marked_deals")
                        .intValue())
                .isPositive();
        await().atMost(PATIENCE).until(service::isIdle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/masterdeal?cursor=%25",
                "/masterdeal?cursor=AA",
                "/masterdeal?limit=0",
                "/masterdeal?limit=1001",
                "/masterdeal?limit=many",
                "/masterdeal?timeline=perhaps",
                "/masterdeal?stage=%00",
                "/masterdeal?object=%00",
                "/orphans?cursor=AA",
                "/orphans?limit=-1",
                "/conflicts?cursor=bm90LWEtdXVpZA",
                "/facts/not-a-uuid"
            })
    void a_bad_request_is_a_problem(String path) throws Exception {
        problem("GET", path, "reader", 400);
    }

    @ParameterizedTest
    @CsvSource({
        "/masterdeal,get",
        "/counts,get",
        "/masterdeal/{id},get",
        "/masterdeal/{id}/timeline,get",
        "/facts/{event_id},get",
        "/orphans,get",
        "/conflicts,get",
        "/summary,get",
        "/intake,get",
        "/relay,get",
        "/operations/rebuild,post",
        "/operations/republish,post"
    })
    void openapi_describes_every_path(String path, String method) throws Exception {
        JsonNode operation = service.get("/openapi").path("paths").path(path).path(method);

        assertThat(operation.path("summary").stringValue("")).isNotBlank();
    }

    private static List<String> roots(String query) throws Exception {
        return service.get("/masterdeal?limit=1000&" + query).path("items").findValuesAsString("root");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode problem(String method, String path, @Nullable String principal, Integer... statuses)
            throws Exception {
        HttpResponse<String> response = service.request(method, path, principal);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isIn((Object[]) statuses);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .as(path)
                .startsWith("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.path("status").intValue()).isEqualTo(response.statusCode());
        return problem;
    }
}
