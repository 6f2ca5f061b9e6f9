package io.masterdeal.service;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.effects.servers.RemoteSystem;
import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an event in Kafka to a request at another system, and what the API tells of it. */
class EffectApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String TAKEN = "crm:deal:effect-taken";

    private static final String REFUSED = "crm:deal:effect-refused";

    private static Event brief;

    private static RemoteSystem remote;

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        brief = event("crm.brief.submitted", TAKEN, Instant.now());
        remote = new RemoteSystem();
        remote.answers(it -> it.body().contains(REFUSED) ? Answer.of(422) : RemoteSystem.ACCEPTED);
        service = RunningService.shared()
                .another(Map.of(
                        "spring.datasource.url",
                        TestServers.get().createDatabase("commands"),
                        "masterdeal.kafka.group",
                        "service-commands",
                        "masterdeal.relay.slot",
                        "service_commands",
                        "masterdeal.gateway.url",
                        remote.address().toString()));
        try (DomainEvents events = new DomainEvents()) {
            events.send(brief, event("crm.brief.submitted", REFUSED, Instant.now()));
            for (int i = 0; i < 12; i++) {
                events.send(event("crm.brief.submitted", "crm:deal:effect-old-" + i, 1));
            }
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

    @Test
    void tells_how_long_events_took_to_be_accepted_committed_and_published() throws Exception {
        // given: two events of now, and twelve of long ago; other tests may have sent more
        await().atMost(PATIENCE)
                .until(() ->
                        service.get("/delays").at("/steps/2/last_hour/count").longValue() >= 14);

        // when
        JsonNode steps = service.get("/delays").path("steps");

        // then
        assertThat(steps.findValuesAsString("to")).containsExactly("accepted", "committed", "published");
        assertThat(steps.at("/0/last_hour/count").longValue()).isGreaterThanOrEqualTo(14);
        assertThat(steps.at("/0/last_hour/max_ms").longValue())
                .isGreaterThan(Duration.ofDays(20).toMillis());
        assertThat(steps.at("/1/last_hour/count").longValue()).isGreaterThanOrEqualTo(14);
        assertThat(steps.at("/1/last_hour/p99_ms").longValue()).isBetween(0L, PATIENCE.toMillis());
        assertThat(steps.at("/2/last_hour/p99_ms").longValue()).isBetween(0L, PATIENCE.toMillis());
    }

    private static JsonNode only(String query) throws Exception {
        JsonNode items = service.get("/effects?" + query).path("items");
        assertThat(items.size()).as(query).isEqualTo(1);
        return items.path(0);
    }

    @Test
    void an_effect_tells_what_became_of_it() throws Exception {
        JsonNode effect = only("deal=" + TAKEN);

        String deal = MasterDealId.of(new ObjectKey(TAKEN)).toString();
        assertThat(effect.path("state").stringValue()).isEqualTo("done");
        assertThat(effect.path("reaction").stringValue()).isEqualTo("request-mediaplan");
        assertThat(effect.path("master_deal_id").stringValue()).isEqualTo(deal);
        assertThat(effect.path("deal").stringValue()).isEqualTo(TAKEN);
        assertThat(effect.path("event_id").stringValue())
                .isEqualTo(brief.envelope().id().toString());
        assertThat(effect.path("attempts").intValue()).isEqualTo(1);
        assertThat(effect.has("reason")).isFalse();
        assertThat(effect.has("due_at")).isFalse();
        RemoteSystem.Received request = remote.received().stream()
                .filter(it -> it.body().contains(TAKEN))
                .findFirst()
                .orElseThrow();
        assertThat(request.key()).isEqualTo(effect.path("id").stringValue());
        assertThat(request.body()).isEqualTo(effect.path("request_body").stringValue());
        assertThat(service.get("/effects/" + effect.path("id").stringValue())).isEqualTo(effect);
        assertThat(only("deal=" + deal)).isEqualTo(effect);
        assertThat(only("state=failed").path("deal").stringValue()).isEqualTo(REFUSED);
    }

    @Test
    void pages_visit_each_effect_once_in_the_order_of_time() throws Exception {
        List<String> ids = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = service.get("/effects?limit=5&cursor=" + cursor);
            ids.addAll(page.path("items").findValuesAsString("id"));
            times.addAll(page.path("items").findValuesAsString("created_at"));
            cursor = page.path("next").stringValue("");
        } while (!cursor.isEmpty());

        assertThat(ids).hasSizeGreaterThanOrEqualTo(14).hasSameSizeAs(new TreeSet<>(ids));
        assertThat(times).isSorted();
        JsonNode old = only("state=suppressed&deal=crm:deal:effect-old-3");
        assertThat(old.path("reason").stringValue()).isEqualTo("too-old");
        assertThat(service.get("/effects?state=done&deal=crm:deal:effect-old-3")
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void only_the_operator_releases_what_was_suppressed() throws Exception {
        String old = only("deal=crm:deal:effect-old-7").path("id").stringValue();
        assertThat(release(old, "reader").statusCode()).isEqualTo(403);
        assertThat(release(old, "masterdeal").statusCode()).isEqualTo(403);

        HttpResponse<String> released = release(old, "operator");

        assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
        assertThat(JsonMapper.shared()
                        .readTree(released.body())
                        .path("released")
                        .booleanValue())
                .isTrue();
        await().atMost(PATIENCE)
                .until(() -> service.get("/effects/" + old)
                        .path("state")
                        .stringValue()
                        .equals("done"));
        assertThat(remote.received().stream().filter(it -> it.key().equals(old)))
                .hasSize(1);
        assertThat(release(old, "operator").statusCode()).isEqualTo(409);
        assertThat(release(UUID.randomUUID().toString(), "operator").statusCode())
                .isEqualTo(404);
    }

    @Test
    void operators_decide_about_many_effects_and_see_the_result_of_each() throws Exception {
        // given
        String old = only("deal=crm:deal:effect-old-8").path("id").stringValue();
        String byHand = only("deal=crm:deal:effect-old-9").path("id").stringValue();
        String both = "{\"selection\": {\"state\": \"suppressed\", \"ids\": [\"" + old + "\", \"" + byHand + "\"]}, ";
        String one =
                "{\"selection\": {\"state\": \"suppressed\", \"ids\": [\"" + byHand + "\"]}, \"reason\": \"by phone\"}";

        // when
        JsonNode dry = decide("release", both + "\"dry_run\": true}");
        JsonNode done = decide("done", one);
        JsonNode released = decide("release", both + "\"reason\": \"agreed\"}");

        // then
        assertThat(dry.path("selected").intValue()).isEqualTo(2);
        assertThat(dry.has("operation")).isFalse();
        assertThat(done.at("/results/done").intValue()).isEqualTo(1);
        assertThat(released.at("/results/released").intValue()).isEqualTo(1);
        assertThat(decide("done", one).path("selected").intValue()).isZero();
        String operation = "/operations/" + released.path("operation").stringValue();
        await().atMost(PATIENCE)
                .until(() -> service.get(operation + "/items")
                        .at("/items/0/since/state")
                        .stringValue()
                        .equals("done"));
        JsonNode item = service.get(operation + "/items").at("/items/0");
        assertThat(item.at("/item/id").stringValue()).isEqualTo(old);
        assertThat(item.path("result").stringValue()).isEqualTo("released");
        assertThat(service.get(operation).path("state").stringValue()).isEqualTo("done");
        assertThat(remote.received()).noneMatch(it -> it.key().equals(byHand));
        JsonNode action = service.get("/operator-actions?action=done").path("items");
        assertThat(action.at("/1/reason").stringValue()).isEqualTo("by phone");
        assertThat(action.at("/1/items").intValue()).isEqualTo(1);
        assertThat(action.at("/1/selection/ids/0").stringValue()).isEqualTo(byHand);
        assertThat(decide("skip", "{\"all\": true, \"dry_run\": true}")
                        .path("selected")
                        .intValue())
                .isEqualTo(1);
    }

    private static JsonNode decide(String action, String body) throws Exception {
        HttpResponse<String> response = service.post("/effects/" + action, "operator", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\": \"why\"}",
                "{\"all\": true}",
                "{\"all\": true, \"reason\": \"why\", \"limit\": 0}",
                "{\"all\": true, \"dry_run\": true, \"limit\": 10001}",
                "{\"selection\": {\"reaction\": \"x\", \"state\": \"pending\"}, \"reason\": \"why\"}",
                "{\"selection\": {\"reaction\": \"\\u0000\"}, \"reason\": \"why\"}",
                "{\"selection\": {\"other\": 1}, \"all\": true, \"reason\": \"why\"}"
            })
    void a_decision_that_is_not_clear_is_a_problem(String body) throws Exception {
        HttpResponse<String> response = service.post("/effects/release", "operator", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(service.post("/effects/release", "reader", body).statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> release(String id, String principal) throws Exception {
        HttpResponse<String> response = service.request("POST", "/effects/" + id + "/release", principal);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith(response.statusCode() == 200 ? "application/json" : "application/problem+json");
        return response;
    }

    @Test
    void a_repair_asks_nothing_again() throws Exception {
        int before = remote.received().size();
        int effects = service.get("/effects?limit=1000").path("items").size();

        service.request("POST", "/operations/rebuild?reason=a+drill", "console");
        service.request("POST", "/operations/republish", "operator");
        await().atMost(PATIENCE).until(service::isIdle);

        assertThat(service.get("/intake").path("pending_effects").intValue()).isZero();
        assertThat(service.get("/effects?limit=1000").path("items").size()).isEqualTo(effects);
        assertThat(remote.received()).hasSize(before);
        JsonNode actions = service.get("/operator-actions?limit=2").path("items");
        assertThat(actions.findValuesAsString("action")).containsExactly("republish", "rebuild");
        assertThat(actions.findValuesAsString("reason")).containsExactly("not given", "a drill");
        assertThat(actions.findValuesAsString("acted_by")).containsExactly("operator", "console");
    }

    @Test
    void metrics_count_them() throws Exception {
        String metrics =
                service.request("GET", "/actuator/prometheus", "reader").body();

        assertThat(metrics)
                .contains("masterdeal_effects_entered_total{state=\"pending\"}")
                .contains("masterdeal_effects_entered_total{state=\"failed\"} 1.0")
                .contains("masterdeal_effects_attempts_total")
                .contains("masterdeal_effects_pending 0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/effects?state=lost",
                "/effects?cursor=AA",
                "/effects?cursor=MTIzL25vdC1hLXV1aWQ",
                "/effects?limit=0",
                "/effects?deal=%00",
                "/effects/not-a-uuid"
            })
    void a_bad_request_is_a_problem(String path) throws Exception {
        HttpResponse<String> response = service.request("GET", path, "reader");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/effects,get",
        "/effects/{id},get",
        "/effects/{id}/release,post",
        "/effects/release,post",
        "/effects/skip,post",
        "/effects/done,post",
        "/operations,get",
        "/operations/{id},get",
        "/operations/{id}/items,get",
        "/operations/{id}/stop,post",
        "/operator-actions,get"
    })
    void openapi_describes_every_path(String path, String method) throws Exception {
        JsonNode operation = service.get("/openapi").path("paths").path(path).path(method);

        assertThat(operation.path("summary").stringValue("")).isNotBlank();
    }
}
