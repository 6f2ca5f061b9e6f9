package io.masterdeal.service.whatif;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.access.Actor;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What another rule set would change, as the service tells it. */
class WhatIfApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<String> DEALS = List.of("crm:deal:what-if-1", "crm:deal:what-if-2", "crm:deal:what-if-3");

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            for (String deal : DEALS) {
                String contract = deal.replace("crm:deal", "docflow:contract");
                events.send(
                        event("crm.deal.created", deal, Instant.parse("2026-04-06T07:00:00Z")),
                        event("docflow.contract.signed", contract, Instant.parse("2026-04-06T09:00:00Z"), deal));
            }
        }
        await().atMost(Duration.ofMinutes(2)).until(service::isIdle);
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(response.body());
    }

    private static String begin(String body) throws Exception {
        HttpResponse<String> response = service.post("/what-if", "operator", body);
        String id = json(response, 202).path("id").stringValue();
        assertThat(response.headers().firstValue("Location")).hasValue("/what-if/" + id);
        return id;
    }

    private static JsonNode ended(String id) {
        Callable<JsonNode> job = () -> service.get("/what-if/" + id);
        return await().atMost(PATIENCE)
                .until(job, it -> !it.path("state").stringValue().equals("running"));
    }

    private static List<JsonNode> changes(String id, int limit) throws Exception {
        List<JsonNode> changes = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = service.get("/what-if/" + id + "/changes?limit=" + limit + cursor);
            page.path("items").forEach(changes::add);
            cursor = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!cursor.isEmpty());
        return changes;
    }

    @Test
    void a_bundled_rule_set_is_tried_on_the_deals_of_a_stage() throws Exception {
        // when
        String id = begin("{\"name\": \"strict-table\", \"stage\": \"lead_created\"}");
        JsonNode job = ended(id);

        // then
        assertThat(job.path("state").stringValue()).as(job.toString()).isEqualTo("done");
        assertThat(job.path("rule_set").stringValue()).isEqualTo("strict-table@1");
        assertThat(job.path("compared_with").stringValue()).isEqualTo("default@1");
        assertThat(job.path("stage").stringValue()).isEqualTo("lead_created");
        assertThat(job.path("asked_by").stringValue()).isEqualTo("operator");
        assertThat(job.path("done").longValue())
                .isPositive()
                .isEqualTo(service.get("/summary").path("deals").longValue());
        JsonNode report = job.path("report");
        assertThat(report.path("moved").longValue()).isGreaterThanOrEqualTo(3);
        assertThat(report.path("stages").valueStream())
                .allMatch(it -> it.path("from").stringValue().equals("lead_created"))
                .anyMatch(it -> it.path("to").stringValue().equals("contracting")
                        && it.path("deals").longValue() >= 3);
        List<JsonNode> changes = changes(id, 2);
        assertThat(changes).hasSize(report.path("changed").intValue());
        JsonNode change = changes.stream()
                .filter(it -> it.path("root").stringValue().equals(DEALS.getFirst()))
                .findFirst()
                .orElseThrow();
        assertThat(change.path("master_deal_id").stringValue())
                .isEqualTo(
                        MasterDealId.of(new ObjectKey(DEALS.getFirst())).value().toString());
        assertThat(change.at("/to/stage").stringValue()).isEqualTo("contracting");
        assertThat(change.at("/to/gaps").valueStream().map(JsonNode::stringValue))
                .containsExactly("briefed", "offer_ready");
        assertThat(change.at("/evidence/0/object").stringValue()).isEqualTo("docflow:contract:what-if-1");
        assertThat(change.at("/evidence/0/occurred_at").stringValue()).isEqualTo("2026-04-06T09:00:00.000Z");
        assertThat(service.get("/masterdeal/" + DEALS.getFirst()).path("stage").stringValue())
                .isEqualTo("lead_created");
    }

    @Test
    void the_person_for_whom_the_console_asks_is_named() throws Exception {
        HttpResponse<String> begun = await().atMost(PATIENCE)
                .until(
                        () -> service.post("/what-if", "console", "{\"name\": \"default\"}", Actor.HEADER, "Anna Reed"),
                        it -> it.statusCode() != 409);

        JsonNode job = json(begun, 202);

        assertThat(job.path("asked_by").stringValue()).isEqualTo("Anna Reed");
        ended(job.path("id").stringValue());
    }

    @Test
    void the_text_of_a_rule_set_is_tried_and_the_same_meaning_changes_nothing() throws Exception {
        String text = service.get("/rules").path("content").stringValue().replace("version: 1", "version: 2");

        JsonNode job = ended(
                begin(JsonMapper.shared().createObjectNode().put("rules", text).toString()));

        assertThat(job.path("rule_set").stringValue()).isEqualTo("default@2");
        assertThat(job.at("/report/changed").longValue()).isZero();
        assertThat(job.at("/report/deals").longValue()).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                              | 400 | Give either 'rules', the text of a rule set file, or 'name'
        {"name": "default", "rules": "x"}               | 400 | Give either
        {"name": "/etc/passwd"}                         | 400 | 'name' is one of [default, strict-table, strict-pipeline]
        {"name": "default", "stage": "briefd"}          | 400 | 'stage' is one of [none, lead_created, briefed
        {"name": "default", "outcome": "gone"}          | 400 | 'outcome' is one of [open, won, lost, cancelled], not 'gone'
        {"rules": "name: x\\nversion: 1\\nkinds: {}\\nstages: []"} | 422 | rules:4: a rule set has at least one stage
        {"rules": "name: x\\nversion: one\\nkinds: {}\\nstages: []"} | 422 | rules:2: a whole number is expected here
        {"rules": "name: x\\nstages: &a\\n- when: {any: [*a]}"} | 422 | rules:2: this has an alias to itself in it
        """)
    void a_wrong_question_is_told(String body, int status, String detail) throws Exception {
        assertThat(json(service.post("/what-if", "operator", body), status)
                        .path("detail")
                        .stringValue())
                .contains(detail);
    }

    @Test
    void only_an_operator_may_ask_and_not_with_any_amount_of_text() throws Exception {
        json(service.post("/what-if", "reader", "{\"name\": \"default\"}"), 403);
        String much = "# " + "x".repeat(300 * 1024);
        json(
                service.post(
                        "/what-if",
                        "operator",
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("rules", much)
                                .toString()),
                413);
        String unknown = UUID.randomUUID().toString();
        json(service.request("DELETE", "/what-if/" + unknown, "reader"), 403);
        for (String path : List.of("/what-if/" + unknown, "/what-if/" + unknown + "/changes", "/what-if/it")) {
            assertThat(json(service.request("GET", path, "reader"), 404)
                            .path("detail")
                            .stringValue())
                    .contains("POST /what-if tells the id");
        }
        json(service.request("GET", "/what-if/" + unknown + "/changes?limit=0", "reader"), 404);
    }

    @Test
    void one_runs_at_a_time_and_one_whose_process_has_ended_was_interrupted() throws Exception {
        UUID id = UUID.randomUUID();
        // As another process does it.
        try (Connection other = service.bean(DataSource.class).getConnection()) {
            await().atMost(PATIENCE).until(() -> JobLock.take(other));
            service.jdbc()
                    .sql("INSERT INTO what_if_jobs (id, rule_set, identity, content, compared, asked_by, state, total)"
                            + " VALUES (?, 'ours@1', 'ours@1#1', '', 'default@1#1', 'operator', 'running', 5)")
                    .param(id)
                    .update();

            // when, then
            assertThat(json(service.post("/what-if", "operator", "{\"name\": \"default\"}"), 409)
                            .path("detail")
                            .stringValue())
                    .startsWith("'" + id + "' runs: wait until GET /what-if/" + id);
            assertThat(service.get("/what-if/" + id).path("state").stringValue())
                    .isEqualTo("running");
            json(service.request("DELETE", "/what-if/" + id, "operator"), 200);
            assertThat(new JobTable(other).add(id, List.of(), 3))
                    .as("told to stop")
                    .isTrue();
            JobLock.release(other);
        }
        assertThat(service.get("/what-if/" + id).path("state").stringValue()).isEqualTo("interrupted");
        assertThat(service.get("/what-if/" + id).path("done").longValue()).isEqualTo(3);
        ended(begin("{\"name\": \"default\"}"));
        assertThat(service.jdbc()
                        .sql("SELECT state FROM what_if_jobs WHERE id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("interrupted");
    }

    @Test
    void a_job_is_deleted_with_its_changes_after_a_week() throws Exception {
        // given
        String old = begin("{\"name\": \"strict-table\"}");
        ended(old);
        String young = begin("{\"name\": \"strict-table\"}");
        ended(young);
        service.jdbc()
                .sql("UPDATE what_if_jobs SET started_at = started_at - interval '7 days' WHERE id = ?::uuid")
                .param(old)
                .update();

        // when
        try (Connection connection = service.bean(DataSource.class).getConnection()) {
            new JobTable(connection).deleteOld();
        }

        // then
        json(service.request("GET", "/what-if/" + old, "reader"), 404);
        assertThat(changes(young, 1000)).isNotEmpty();
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM what_if_changes WHERE job_id = ?::uuid")
                        .param(old)
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
