package io.masterdeal.service.orphans;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is answered about orphans, and what an operator can do about them. */
class OrphanApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String DEAL = "crm:deal:inbox-1";

    private static final String PLAN = "media:mediaplan:inbox-K-1";

    private static final String CASE = "legal:case:inbox-1";

    private static RunningService service;

    private static DomainEvents events;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        events = new DomainEvents();
        events.send(event("crm.deal.created", DEAL, 1), event("crm.brief.submitted", DEAL, 2));
        events.send(event("media.mediaplan.ready", PLAN, 3, DEAL));
        // Written with a Cyrillic letter.
        events.send(event("legal.approved", CASE, 5, PLAN.replace("K", "К")));
        events.send(event("legal.requested", "legal:case:inbox-below", 6, CASE));
        events.send(event("docflow.contract.signed", "docflow:contract:inbox-1", 7));
        settled();
    }

    @AfterAll
    static void let_it_go() {
        events.close();
    }

    @Test
    void an_orphan_tells_its_reason_and_where_it_may_belong() throws Exception {
        JsonNode detail = service.get("/orphans/" + CASE);

        assertThat(detail.path("orphan").path("reason").asString()).isEqualTo("unknown_parent");
        assertThat(detail.path("orphan").path("parent").asString()).isEqualTo(PLAN.replace("K", "К"));
        assertThat(detail.path("facts").path(0).path("type").asString()).isEqualTo("legal.approved");
        JsonNode first = detail.path("candidates").path(0);
        assertThat(first.path("root").asString()).isEqualTo(DEAL);
        assertThat(first.path("parent").asString()).isEqualTo(PLAN);
        assertThat(first.path("evidence").findValuesAsString("kind")).contains("near_key");
        assertThat(detail.path("candidates").size()).isLessThanOrEqualTo(5);
        assertThat(reasonOf("legal:case:inbox-below")).isEqualTo("no_root");
        assertThat(reasonOf("docflow:contract:inbox-1")).isEqualTo("no_parent");
    }

    @Test
    void orphans_are_listed_counted_and_downloaded_by_what_they_are() throws Exception {
        String below = "legal:case:inbox-below";
        assertThat(objects("system=legal&reason=no_root")).contains(below).doesNotContain(CASE);
        assertThat(objects("kind=legal:case&sort=age")).contains(below).doesNotContain("docflow:contract:inbox-1");
        assertThat(objects("older_than=P300D")).isEmpty();
        JsonNode counts = service.get("/orphans/counts").path("items");
        long listed =
                service.get("/orphans?limit=1000&dismissed=all").path("items").size();
        assertThat(counts.valueStream()
                        .mapToLong(it -> it.path("orphans").longValue())
                        .sum())
                .isEqualTo(listed)
                .isEqualTo(service.get("/summary").path("orphans").longValue());

        HttpResponse<String> table = service.request("GET", "/orphans?system=legal&format=csv", "reader");

        assertThat(table.headers().firstValue("content-type").orElse("")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(table.body().lines().findFirst().orElse("")).startsWith("object,system,kind,reason,parent");
        assertThat(table.body()).contains(below + ",legal,legal:case,no_root," + CASE + ",1,");
        assertThat(service.request("GET", "/actuator/prometheus", "reader").body())
                .contains("masterdeal_orphans{age=\"under_1h\"");
    }

    @Test
    void a_table_is_also_given_to_who_accepts_nothing_else() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/orphans?system=legal"))
                .header("Authorization", service.authorization("reader").strip().substring("Authorization: ".length()));

        assertThat(answerTo(request.copy().header("Accept", "text/csv"))).startsWith("object,system,kind,");
        assertThat(answerTo(request.copy().header("Accept", "*/*"))).startsWith("{\"items\":");
        assertThat(answerTo(request.copy().header("Accept", "application/json")))
                .startsWith("{\"items\":");
        assertThat(answerTo(request.copy().header("Accept", "text/html, text/csv;q=0.9, */*;q=0.1")))
                .isNotEmpty();
    }

    private static String answerTo(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }

    @Test
    void a_link_by_hand_is_as_good_as_one_that_came_as_an_event_and_can_be_taken_back() throws Exception {
        // given
        String deal = "crm:deal:inbox-2";
        String contract = "docflow:contract:inbox-2";
        events.send(event("crm.deal.created", deal, 1), event("docflow.contract.signed", contract, 5));
        settled();
        JsonNode before = answer(deal);

        // when
        JsonNode done = post("/orphans/" + contract + "/link", link(deal, "the contract says so"), 200);

        // then
        JsonNode byHand = answer(deal);
        assertThat(byHand).isNotEqualTo(before);
        assertThat(done.path("orphan").booleanValue()).isFalse();
        assertThat(done.path("deals").findValuesAsString("root")).containsExactly(deal);
        JsonNode fact =
                service.get("/facts/" + done.path("event_id").asString()).path(0);
        assertThat(fact.path("source").asString()).isEqualTo("/operator");
        assertThat(fact.path("type").asString()).isEqualTo("docflow.object.updated");
        assertThat(fact.has("status")).isFalse();
        assertThat(noted("link-orphan", contract)).isEqualTo("operator operator the contract says so 1");
        await().atMost(PATIENCE)
                .until(() -> isPublished("docflow.events", done.path("event_id").asString()));
        settled();
        assertThat(answer(deal)).as("once the event came from the topic").isEqualTo(byHand);
        service.post("/operations/rebuild", "operator", "{}");
        settled();
        assertThat(answer(deal)).as("after a rebuild").isEqualTo(byHand);

        // when
        JsonNode undone = post("/orphans/" + contract + "/unlink", reason("a mistake"), 200);

        // then
        assertThat(answer(deal)).isEqualTo(before);
        assertThat(undone.path("orphan").booleanValue()).isTrue();
        assertThat(reasonOf(contract)).isEqualTo("link_retracted");
        assertThat(noted("unlink-orphan", contract)).isEqualTo("operator operator a mistake 1");
        post("/orphans/" + contract + "/unlink", reason("again"), 404);

        // when
        events.send(event("docflow.object.updated", contract, 9, deal));
        settled();

        // then
        assertThat(answer(deal)).as("a link that came as an event").isEqualTo(byHand);
    }

    @Test
    void an_orphan_that_is_put_aside_comes_back_with_a_new_fact_or_by_hand() throws Exception {
        // given
        String contract = "docflow:contract:inbox-3";
        Event signed = event("docflow.contract.signed", contract, 5);
        events.send(signed);
        settled();

        // when
        post("/orphans/" + contract + "/dismiss", reason("a test of theirs"), 200);

        // then
        assertThat(objects("system=docflow")).doesNotContain(contract);
        assertThat(objects("system=docflow&dismissed=true&sort=age")).contains(contract);
        assertThat(service.get("/orphans/" + contract)
                        .path("dismissal")
                        .path("reason")
                        .asString())
                .isEqualTo("a test of theirs");
        assertThat(noted("dismiss-orphan", contract)).isEqualTo("operator operator a test of theirs 1");
        post("/orphans/" + contract + "/restore", reason("no test"), 200);
        assertThat(objects("system=docflow")).contains(contract);
        post("/orphans/" + contract + "/restore", reason("no test"), 409);

        // when
        post("/orphans/" + contract + "/dismiss", reason("a test of theirs"), 200);
        events.send(signed);
        settled();
        assertThat(objects("system=docflow")).as("the same fact again").doesNotContain(contract);
        events.send(event("docflow.contract.cancelled", contract, 6));
        settled();

        // then
        assertThat(objects("system=docflow")).contains(contract);
        assertThat(service.get("/orphans/" + contract).has("dismissal")).isFalse();
    }

    @Test
    void what_cannot_be_linked_is_refused_and_nothing_is_stored() throws Exception {
        String contract = "docflow:contract:inbox-1";
        long facts = service.get("/summary").path("facts").longValue();

        assertThat(post("/orphans/" + contract + "/link", link("crm:deal:inbox-none", "a typo"), 409)
                        .path("detail")
                        .asString())
                .contains("No fact is about 'crm:deal:inbox-none'");
        post("/orphans/" + contract + "/link", link("no key", "a typo"), 400);
        post("/orphans/" + contract + "/link", link(contract, "itself"), 400);
        post("/orphans/" + contract + "/link", link(DEAL, " "), 400);
        post("/orphans/" + contract + "/dismiss", "{}", 400);
        post("/orphans/" + PLAN + "/link", link(DEAL, "no orphan"), 404);
        post("/orphans/" + PLAN + "/dismiss", reason("no orphan"), 404);
        post("/orphans/legal:case:inbox-below/link", link(CASE, "is linked"), 409);
        assertThat(service.post("/orphans/" + contract + "/link", "crm", link(DEAL, "not an operator"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(service.get("/summary").path("facts").longValue()).isEqualTo(facts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system=nobody",
                "kind=case",
                "kind=legal:case&system=crm",
                "reason=bad-luck",
                "older_than=yesterday",
                "older_than=-PT1H",
                "older_than=P99999D",
                "dismissed=perhaps",
                "dismissed=all&sort=age",
                "sort=luck",
                "sort=age&cursor=bm90LWEtY3Vyc29y",
                // -100000-01-01T00:00:00Z, and the key of an orphan
                "sort=age&cursor=LTEwMDAwMC0wMS0wMVQwMDowMDowMFogbGVnYWw6Y2FzZTp4",
                // a place in the order of age
                "sort=key&cursor=MjAyNi0wMS0wMVQwMDowMDowMFogbGVnYWw6Y2FzZTp4",
                "limit=0",
                "format=csv&reason=bad-luck"
            })
    void a_bad_parameter_is_a_problem(String query) throws Exception {
        HttpResponse<String> response = service.request("GET", "/orphans?" + query, "reader");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/orphans,get",
        "/orphans/counts,get",
        "/orphans/{key},get",
        "/orphans/{key}/link,post",
        "/orphans/{key}/unlink,post",
        "/orphans/{key}/dismiss,post",
        "/orphans/{key}/restore,post"
    })
    void openapi_describes_every_path(String path, String method) throws Exception {
        JsonNode operation = service.get("/openapi").path("paths").path(path).path(method);

        assertThat(operation.path("summary").stringValue("")).isNotBlank();
        assertThat(operation.path("parameters").valueStream())
                .allMatch(it -> !it.path("description").stringValue("").isBlank());
    }

    private static void settled() {
        await().atMost(PATIENCE).until(service::isIdle);
    }

    private static boolean isPublished(String topic, String event) {
        return events.readAll(topic).stream()
                .anyMatch(it -> event.equals(it.envelope().id().toString()));
    }

    /** A deal without its revision, which counts answers, and what a link changes by itself: the time of the answer. */
    private static JsonNode answer(String deal) throws Exception {
        ObjectNode answer = (ObjectNode) service.get("/masterdeal/" + deal);
        answer.remove(List.of("revision", "updated_at"));
        return answer;
    }

    private static String reasonOf(String key) throws Exception {
        return service.get("/orphans/" + key).path("orphan").path("reason").asString();
    }

    private static String reason(String text) {
        return JsonMapper.shared().writeValueAsString(Map.of("reason", text));
    }

    private static String link(String parent, String reason) {
        return JsonMapper.shared().writeValueAsString(Map.of("parent", parent, "reason", reason));
    }

    private static List<String> objects(String query) throws Exception {
        return service.get("/orphans?limit=1000&" + query).path("items").findValuesAsString("object");
    }

    private static JsonNode post(String path, String body, int status) throws Exception {
        HttpResponse<String> response = service.post(path, "operator", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(response.body());
    }

    private static String noted(String action, String object) {
        return service.jdbc()
                .sql("SELECT acted_by || ' ' || principal || ' ' || reason || ' ' || items FROM operator_actions"
                        + " WHERE action = ? AND selection->>'object' = ? ORDER BY id DESC LIMIT 1")
                .params(action, object)
                .query(String.class)
                .single();
    }
}
