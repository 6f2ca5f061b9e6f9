package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.router.servers.RunningRouter;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions over HTTP: validated, versioned, and audited. */
class SubscriptionsTest {

    private static final String GOOD =
            "{\"types\": [\"legal.approved\"], \"sink\": {\"type\": \"http\", \"url\": \"http://127.0.0.1:9/x\"}, \"paused\": true}";

    private static RunningRouter router;

    @BeforeAll
    static void start() {
        router = RunningRouter.start();
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    @Test
    void a_change_is_guarded_by_its_version_and_recorded() throws Exception {
        // given
        HttpResponse<String> created =
                router.request("PUT", "/subscriptions/crm-legal", "operator", GOOD, "If-None-Match", "*");

        // when
        HttpResponse<String> again =
                router.request("PUT", "/subscriptions/crm-legal", "operator", GOOD, "If-None-Match", "*");
        HttpResponse<String> changed = router.request(
                "PUT",
                "/subscriptions/crm-legal",
                "operator",
                GOOD.replace("legal.approved", "legal.*"),
                "If-Match",
                created.headers().firstValue("ETag").orElseThrow());
        HttpResponse<String> stale =
                router.request("PUT", "/subscriptions/crm-legal", "operator", GOOD, "If-Match", "\"1\"");
        HttpResponse<String> deleted = router.request(
                "DELETE",
                "/subscriptions/crm-legal",
                "console",
                null,
                "If-Match",
                "\"2\"",
                "Masterdeal-Actor",
                "Anna Reed");

        // then
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("ETag");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(router.request("GET", "/subscriptions/crm-legal", "reader", null)
                        .statusCode())
                .isEqualTo(404);
        JsonNode changes = router.get("/subscriptions/crm-legal/changes").path("items");
        assertThat(changes)
                .extracting(it -> it.path("action").stringValue() + " by "
                        + it.path("changed_by").stringValue())
                .containsExactly("created by operator", "changed by operator", "deleted by Anna Reed");
    }

    @Test
    void all_errors_of_a_subscription_are_reported_together_with_their_places() throws Exception {
        HttpResponse<String> refused = router.request(
                "PUT",
                "/subscriptions/wrong",
                "operator",
                "{\"types\": [\"Legal\"], \"filter\": \"data.amount >\", \"sink\": {\"type\": \"http\", \"url\": \"ftp://x\"},"
                        + " \"retry\": {\"attempts\": 0, \"first-pause\": \"2s\"}, \"surprise\": 1}");

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode errors = JsonMapper.shared().readTree(refused.body()).path("errors");
        assertThat(errors)
                .extracting(it -> it.path("pointer").stringValue())
                .containsExactlyInAnyOrder(
                        "/surprise", "/types/0", "/filter", "/sink/url", "/retry/attempts", "/retry/first-pause");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"crm.events", "masterdeal.events", "masterdeal.effects", "error.events", "__consumer_offsets"})
    void a_topic_of_the_platform_or_of_kafka_cannot_be_a_sink(String topic) throws Exception {
        HttpResponse<String> refused = router.request(
                "PUT",
                "/subscriptions/loop",
                "operator",
                "{\"types\": [\"*\"], \"sink\": {\"type\": \"kafka\", \"topic\": \"" + topic + "\"}}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/sink/topic");
    }

    @Test
    void a_sink_that_is_not_listed_is_refused_and_the_setting_is_named() throws Exception {
        HttpResponse<String> refused = router.request(
                "PUT", "/subscriptions/metadata", "operator", GOOD.replace("127.0.0.1:9/x", "169.254.169.254/latest"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/sink/url").contains("masterdeal.router.sinks.allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"types\": [\"legal.approved\"], \"filter\": \"event.id != '\\u0000'\", \"sink\": {\"type\": \"kafka\", \"topic\": \"x\"}}",
                "{\"types\": [\"legal.approved\"], \"paused\": true, \"paused\": false, \"sink\": {\"type\": \"kafka\", \"topic\": \"x\"}}",
                "{\"types\": [\"docflow.*\"], \"filter\": \"data.amount > 1000\", \"sink\": {\"type\": \"kafka\", \"topic\": \"x\"}}"
            })
    void what_cannot_be_stored_or_can_never_be_true_is_an_error_of_the_caller(String document) throws Exception {
        HttpResponse<String> refused = router.request("PUT", "/subscriptions/odd", "operator", document);

        assertThat(refused.statusCode()).as(refused.body()).isIn(400, 422);
        assertThat(refused.body()).containsAnyOf("U+0000", "uplicate", "double(data.amount)");
    }

    @Test
    void the_query_of_a_sink_is_shown_only_to_the_operator() throws Exception {
        // given
        router.subscribe("secretive", GOOD.replace("127.0.0.1:9/x", "127.0.0.1:9/x?token=t0ken"));
        String event = "{\"event\": {\"specversion\": \"1.0\", \"id\": \"11111111-1111-4111-8111-111111111112\","
                + " \"source\": \"/legal\", \"type\": \"legal.approved\", \"subject\": \"legal:case:L-1\","
                + " \"time\": \"2026-03-01T10:00:00Z\", \"data\": {}}}";

        // then
        for (String path : List.of("/subscriptions", "/subscriptions/secretive", "/subscriptions/secretive/changes")) {
            assertThat(router.request("GET", path, "crm", null).body())
                    .contains("http://127.0.0.1:9/x?...")
                    .doesNotContain("t0ken");
            assertThat(router.request("GET", path, "operator", null).body()).contains("?token=t0ken");
        }
        HttpResponse<String> explained = router.request("POST", "/routes/explain", "crm", event);
        assertThat(explained.body()).doesNotContain("t0ken").doesNotContain("\"sends\"");
        assertThat(of("secretive", explained).path("matches").booleanValue()).isTrue();
        assertThat(of("secretive", router.request("POST", "/routes/explain", "operator", event))
                        .at("/sends/url")
                        .stringValue())
                .endsWith("?token=t0ken");
    }

    @Test
    void a_reader_can_change_nothing() throws Exception {
        assertThat(router.request("PUT", "/subscriptions/mine", "crm", GOOD).statusCode())
                .isEqualTo(403);
        assertThat(router.request("POST", "/dead-letters/redrive", "reader", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(router.request("GET", "/subscriptions", null, null).statusCode())
                .isEqualTo(401);
        assertThat(router.get("/subscriptions").path("items"))
                .extracting(it -> it.at("/definition/name").stringValue())
                .contains("refused-records");
    }

    @Test
    void a_subscription_is_paused_and_resumed_by_versions_that_change_nothing_else() throws Exception {
        // given
        router.subscribe("breaks", GOOD);

        // when
        HttpResponse<String> resumed = router.request("POST", "/subscriptions/breaks/resume", "operator", "{}");
        HttpResponse<String> again = router.request("POST", "/subscriptions/breaks/resume", "operator", "{}");
        HttpResponse<String> paused = router.request("POST", "/subscriptions/breaks/pause", "operator", "{}");

        // then
        JsonNode running = JsonMapper.shared().readTree(resumed.body());
        assertThat(running.at("/definition/paused").asBoolean(true)).isFalse();
        assertThat(running.path("version").asInt()).isEqualTo(2);
        assertThat(running.at("/definition/types"))
                .isEqualTo(JsonMapper.shared().readTree(GOOD).path("types"));
        assertThat(JsonMapper.shared().readTree(again.body()).path("version").asInt())
                .isEqualTo(2);
        assertThat(JsonMapper.shared()
                        .readTree(paused.body())
                        .at("/definition/paused")
                        .asBoolean(false))
                .isTrue();
        assertThat(router.request("POST", "/subscriptions/refused-records/pause", "operator", "{}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(router.request("POST", "/subscriptions/breaks/pause", "crm", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(router.request("POST", "/subscriptions/none/pause", "operator", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_bundled_subscription_cannot_be_changed_by_the_api() throws Exception {
        HttpResponse<String> refused = router.request("DELETE", "/subscriptions/refused-records", "operator", null);

        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void redriving_everything_needs_a_confirmation_and_a_reason() throws Exception {
        HttpResponse<String> everything =
                router.request("POST", "/dead-letters/redrive", "operator", "{\"reason\": \"why not\"}");
        HttpResponse<String> unreasoned =
                router.request("POST", "/dead-letters/redrive", "operator", "{\"all\": true}");

        assertThat(everything.statusCode()).isEqualTo(400);
        assertThat(everything.body()).contains("all");
        assertThat(unreasoned.statusCode()).isEqualTo(400);
        assertThat(unreasoned.body()).contains("reason");
    }

    @Test
    void an_explanation_says_who_would_get_an_event_and_why_not_without_sending_it() throws Exception {
        // given
        router.subscribe(
                "big-invoices",
                "{\"types\": [\"dcm.*\"], \"filter\": \"event.subject.endsWith('-1')\","
                        + " \"sink\": {\"type\": \"http\", \"url\": \"http://127.0.0.1:9/x\"}, \"paused\": true}");
        String event = "{\"specversion\": \"1.0\", \"id\": \"11111111-1111-4111-8111-111111111111\","
                + " \"source\": \"/dcm\", \"type\": \"dcm.invoice.issued\", \"subject\": \"dcm:invoice:I-%d\","
                + " \"time\": \"2026-03-01T10:00:00Z\", \"data\": {}}";

        // when
        HttpResponse<String> first =
                router.request("POST", "/routes/explain", "crm", "{\"event\": " + String.format(event, 1) + "}");
        HttpResponse<String> second =
                router.request("POST", "/routes/explain", "crm", "{\"event\": " + String.format(event, 2) + "}");

        // then
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(of("big-invoices", first).path("matches").booleanValue()).isTrue();
        assertThat(of("big-invoices", first).path("order_key").stringValue()).isEqualTo("dcm:invoice:I-1");
        assertThat(of("refused-records", first).path("because").stringValue()).contains("error.event");
        assertThat(of("big-invoices", second).path("matches").booleanValue()).isFalse();
        assertThat(of("big-invoices", second).path("because").stringValue()).contains("endsWith('-1')");
    }

    private static JsonNode of(String subscription, HttpResponse<String> answer) {
        for (JsonNode it : JsonMapper.shared().readTree(answer.body()).path("subscriptions")) {
            if (it.path("subscription").stringValue().equals(subscription)) {
                return it;
            }
        }
        throw new AssertionError(subscription + " is not in " + answer.body());
    }
}
