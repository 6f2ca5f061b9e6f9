package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.sandbox.RunningSandbox.Reply;
import io.masterdeal.testbed.http.BodyLimitAssertions;
import io.masterdeal.testbed.http.LongRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The REST API of the systems and of their control, as callers meet it. */
class SystemsRestTest {
    private static RunningSandbox sandbox;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        sandbox = RunningSandbox.start(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void a_system_asks_for_a_key_and_its_control_for_the_operators() {
        assertThat(sandbox.send(sandbox.request("/crm/deals", null)).status()).isEqualTo(401);
        assertThat(sandbox.send(sandbox.request("/crm/deals", "gateway")).status())
                .isEqualTo(200);
        assertThat(sandbox.send(sandbox.request("/simulation", null)).status()).isEqualTo(401);
        Reply refused = sandbox.send(sandbox.request("/simulation", "crm"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/type")).isEqualTo("urn:masterdeal:problem:forbidden");
        assertThat(sandbox.send(sandbox.request("/actuator/health", null)).status())
                .isEqualTo(200);
    }

    @Test
    void an_object_is_created_changed_and_shown_with_its_history() {
        Reply created = sandbox.post("/crm/deals", """
                {"id": "D-hand-1", "attributes": {"client": "Polyana Dairies", "amount": "1200.50"}}""");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/key")).isEqualTo("crm:deal:D-hand-1");
        assertThat(created.at("/status")).isEqualTo("New");

        Reply briefed = sandbox.post("/crm/deals/D-hand-1/submit-brief", "");
        assertThat(briefed.status()).isEqualTo(200);
        assertThat(briefed.at("/status")).isEqualTo("Briefing");
        assertThat(briefed.at("/version")).isEqualTo("2");
        assertThat(sandbox.get("/crm/deals/D-hand-1").json()).isEqualTo(briefed.json());

        JsonNode history = sandbox.get("/crm/deals/D-hand-1/history").json().path("items");
        assertThat(history).hasSize(2);
        assertThat(history.get(1).path("type").asString()).isEqualTo("crm.brief.submitted");
        assertThat(history.get(1).path("status").asString()).isEqualTo("Brief Submitted");
        assertThat(history.get(1).path("local_status").asString()).isEqualTo("Briefing");
        assertThat(history.get(1).path("sequence").asLong()).isEqualTo(2);
        assertThat(history.get(1).at("/attributes/amount").asString()).isEqualTo("1200.50");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(sandbox.gateway.taken)
                        .extracting(event -> event.envelope().id().toString())
                        .contains(history.get(1).path("event_id").asString()));
    }

    @Test
    void lists_come_in_pages_and_since_a_time() {
        for (int i = 1; i <= 5; i++) {
            sandbox.post("/task/tasks", "{\"id\": \"T-page-" + i + "\"}");
        }
        var ids = new ArrayList<String>();
        JsonNode page = sandbox.get("/task/tasks?limit=2").json();
        while (true) {
            page.path("items").forEach(item -> ids.add(item.path("key").asString()));
            if (!page.has("next")) {
                break;
            }
            page = sandbox.get("/task/tasks?limit=2&cursor=" + page.path("next").asString())
                    .json();
        }
        assertThat(ids)
                .containsSubsequence("task:task:T-page-1", "task:task:T-page-5")
                .doesNotHaveDuplicates();

        String changedAt = sandbox.post("/task/tasks/T-page-2/start", "").at("/updated_at");
        JsonNode since =
                sandbox.get("/task/tasks?updated_since=" + changedAt).json().path("items");
        assertThat(since.get(since.size() - 1).path("key").asString()).isEqualTo("task:task:T-page-2");
        assertThat(sandbox.get("/task/tasks?updated_since=2999-01-01T00:00:00Z")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void the_same_idempotency_key_is_done_once() {
        String body = "{\"attributes\": {\"client\": \"Zarya Optics\"}}";
        Reply first = withKey("/docflow/contracts", "key-1", body);
        Reply again = withKey("/docflow/contracts", "key-1", body);
        Reply other = withKey("/docflow/contracts", "key-1", "{}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(other.status()).isEqualTo(409);
        String id = first.at("/key").substring("docflow:contract:".length());
        assertThat(withKey("/docflow/contracts/" + id + "/sign", "key-2", "{}").json())
                .isEqualTo(withKey("/docflow/contracts/" + id + "/sign", "key-2", "{}")
                        .json());
        assertThat(sandbox.get("/docflow/contracts/" + id).at("/version")).isEqualTo("2");
    }

    @Test
    void the_command_of_masterdeal_gets_a_deal_one_plan() {
        String body =
                "{\"deal\": \"crm:deal:D-cmd-0001\", \"correlation_id\": \"c-1\", \"attributes\": {\"amount\": \"7\"}}";
        Reply first = withKey("/media/api/mediaplan/request", "effect-1", body);
        Reply again = withKey("/media/api/mediaplan/request", "effect-1", body);
        Reply another = withKey("/media/api/mediaplan/request", "effect-2", body);

        assertThat(List.of(first.status(), again.status(), another.status())).containsOnly(202);
        assertThat(first.at("/mediaplan")).isEqualTo("media:mediaplan:MP-cmd-0001-1");
        assertThat(List.of(again.at("/mediaplan"), another.at("/mediaplan"))).containsOnly(first.at("/mediaplan"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(
                                sandbox.get("/media/mediaplans/MP-cmd-0001-1").at("/status"))
                        .isEqualTo("Approved by planner"));
        assertThat(withKey("/media/api/mediaplan/request", "effect-3", "{\"deal\": \"x\"}")
                        .at("/errors/0/pointer"))
                .isEqualTo("/deal");
    }

    @Test
    void a_task_for_an_sla_is_made_once_says_where_it_comes_from_and_is_cancelled_while_it_is_open() {
        // The bodies that SlaTaskTest of the effects expects.
        String body = """
                {"links":["crm:deal:D-sla-0001"],"attributes":{"title":"Answer the client","priority":"urgent","origin":"sla",                "kind":"breached","percent":"100","policy":"brief-to-offer","domain":"crm","due_at":"2026-03-02T10:00:00.000Z"}}""";
        String close =
                "{\"attributes\":{\"reason\":\"the SLA warning or breach that asked for it has been taken back\"}}";
        Reply made = withKey("/task/tasks", "sla-1", body);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/key")).isEqualTo("task:task:T-sla-0001-1");
        assertThat(List.of(made.at("/attributes/origin"), made.at("/attributes/priority")))
                .containsExactly("sla", "urgent");
        assertThat(withKey("/task/tasks", "sla-1", body).json()).isEqualTo(made.json());
        Reply cancelled = withKey("/task/tasks/T-sla-0001-1/cancel", "sla-2", close);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.at("/status")).isEqualTo("Needless");
        assertThat(withKey("/task/tasks", "sla-1", body).json()).isEqualTo(made.json());
        assertThat(sandbox.get("/task/tasks/T-sla-0001-1").at("/status")).isEqualTo("Needless");
        assertThat(withKey("/task/tasks/T-sla-0001-1/cancel", "sla-3", close).status())
                .isEqualTo(409);
        assertThat(withKey("/task/tasks/T-nowhere/cancel", "sla-4", close).status())
                .isEqualTo(404);
    }

    @Test
    void a_contract_has_one_legal_case_and_books_close_when_the_money_is_in() {
        String contract = "{\"links\": [\"docflow:contract:K-law-0001-1\"], \"correlation_id\": \"law\"}";
        Reply first = sandbox.post("/legal/cases", contract);
        Reply again = sandbox.post("/legal/cases", contract);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/key")).isEqualTo(first.at("/key"));

        String invoice = sandbox.post("/dcm/invoices", contract).at("/key").substring("dcm:invoice:".length());
        assertThat(sandbox.post("/dcm/closeouts", contract).status()).isEqualTo(409);
        sandbox.post("/dcm/invoices/" + invoice + "/pay", "");
        assertThat(sandbox.post("/dcm/closeouts", contract).status()).isEqualTo(201);
    }

    @Test
    void errors_say_what_is_wrong_and_where() {
        sandbox.post("/crm/deals", "{\"id\": \"D-err\"}");

        assertThat(sandbox.get("/crm/deals/nobody").status()).isEqualTo(404);
        assertThat(sandbox.get("/crm/spaceships").at("/detail")).contains("leads, contacts, deals");
        assertThat(sandbox.post("/crm/deals", "{\"id\": \"D-err\"}").status()).isEqualTo(409);
        assertThat(sandbox.post("/crm/deals/D-err/win", "").status()).isEqualTo(409);
        assertThat(sandbox.post("/crm/deals", "{]").status()).isEqualTo(400);
        assertThat(sandbox.post("/crm/deals", "{\"id\": \"D 1\", \"links\": [\"x\"], \"colour\": 1}")
                        .at("/errors"))
                .isNotNull();
        JsonNode errors = sandbox.post("/crm/deals", "{\"id\": \"D 1\", \"links\": [\"x\"], \"colour\": 1}")
                .json()
                .path("errors");
        assertThat(errors)
                .extracting(error -> error.path("pointer").asString())
                .containsExactly("/colour", "/id", "/links/0");
        assertThat(sandbox.post("/crm/deals", "{\"attributes\": {\"currency\": \"roubles\"}}")
                        .at("/errors/0/pointer"))
                .isEqualTo("/attributes/currency");
        assertThat(sandbox.post("/crm/deals", " ".repeat(70_000)).status()).isEqualTo(413);
        assertThat(sandbox.get("/crm/deals?limit=0").status()).isEqualTo(400);
        assertThat(sandbox.get("/crm/deals?cursor=x").status()).isEqualTo(400);
        assertThat(sandbox.get("/crm/deals?updated_since=yesterday").status()).isEqualTo(400);
    }

    @Test
    void every_endpoint_refuses_a_body_beyond_its_limit_announced_or_chunked() throws Exception {
        List<String> endpoints = sandbox.endpoints();
        for (String endpoint : endpoints) {
            BodyLimitAssertions.assertRefusesTooLong(
                    new LongRequest(
                            sandbox.address().getPort(),
                            endpoint,
                            "Authorization: Bearer " + sandbox.key("operator") + "\r\n"),
                    8 * 1024 * 1024);
        }
        assertThat(sandbox.get("/actuator/prometheus").response().body()).contains("masterdeal_http_connections ");
        assertThat(endpoints).hasSizeGreaterThan(15).contains("POST /crm/x", "POST /legal/notifications");
    }

    @Test
    void the_control_checks_its_requests() {
        assertThat(sandbox.post("/simulation", "{\"deals\": -1, \"rate\": 0, \"tag\": \"A B\"}")
                        .json()
                        .path("errors"))
                .extracting(error -> error.path("pointer").asString())
                .containsExactly("/deals", "/rate", "/tag");
        assertThat(sandbox.put("/simulation/misbehaviour", "{\"lose\": 101, \"domain\": \"dwh\"}")
                        .json()
                        .path("errors"))
                .extracting(error -> error.path("pointer").asString())
                .containsExactly("/lose", "/domain");
        assertThat(sandbox.put("/simulation/misbehaviour", "{\"slow\": 3, \"domain\": \"task\"}")
                        .at("/task/slow"))
                .isEqualTo("3.0");
        assertThat(sandbox.get("/simulation/misbehaviour").at("/crm/slow")).isEqualTo("0.0");
        sandbox.put("/simulation/misbehaviour", "{}");
    }

    private static Reply withKey(String path, String key, String body) {
        return sandbox.send(
                sandbox.request(path, "gateway").header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }
}
