package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RecordingSink.Reply;
import io.masterdeal.router.servers.RunningRouter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A route as a sink behaves like other sinks: order, attempts, dead letters, a ledger. */
class RouteSinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SIGNED = "docflow.contract.signed";

    private static final String CHAT = """
            - route:
                id: chat
                from:
                  uri: direct:chat
                  steps:
                    - choice:
                        when:
                          - simple: ${header.ce-subject} ends with '-quiet'
                            steps:
                              - stop: {}
                    - to: {uri: "masterdeal:json", parameters: {text: "${header.ce-subject} is signed"}}
                    - to: CHAT
            - route:
                id: elsewhere
                from:
                  uri: timer:never
                  parameters: {delay: '3600000'}
                  steps:
                    - to: CHAT
            """;

    private static RecordingSink chat;

    private static RunningRouter router;

    private static Publisher publisher;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        chat = RecordingSink.start();
        Files.writeString(folder.resolve("chat.yaml"), CHAT.replace("CHAT", chat.url()));
        router = RunningRouter.start(settings -> {
            settings.put("masterdeal.router.routes", folder.toString());
            settings.put("masterdeal.gateway.url", "http://127.0.0.1:9");
        });
        publisher = new Publisher();
        router.subscribe(
                "chat",
                "{\"types\": [\"" + SIGNED + "\"], \"sink\": {\"type\": \"route\", \"route\": \"chat\"},"
                        + " \"retry\": {\"attempts\": 2, \"first-pause\": \"PT0.2S\"}}");
        router.subscribe(
                "nobody",
                "{\"types\": [\"legal.rejected\"], \"sink\": {\"type\": \"route\", \"route\": \"nobody\"},"
                        + " \"retry\": {\"attempts\": 2, \"first-pause\": \"PT0.2S\"}}");
        router.subscribe(
                "web",
                "{\"types\": [\"docflow.*\"], \"sink\": {\"type\": \"http\", \"url\": \"" + chat.url()
                        + "\"}, \"paused\": true}");
    }

    @AfterAll
    static void stop() {
        publisher.close();
        router.close();
        chat.close();
    }

    private static List<String> bodies() {
        return chat.received().stream().map(RecordingSink.Received::body).toList();
    }

    private static JsonNode deadLetter(String subscription) throws Exception {
        return router.get("/dead-letters?subscription=" + subscription).at("/page/items/0");
    }

    @Test
    void an_event_goes_through_the_route_and_counts_as_delivered() throws Exception {
        // given
        Event signed = Publisher.event(SIGNED, "docflow:contract:R-1");
        Event quiet = Publisher.event(SIGNED, "docflow:contract:R-quiet");

        // when
        publisher.publish(List.of(signed, quiet));

        // then
        await().atMost(PATIENCE)
                .until(() -> router.sums("chat").path("delivered").longValue(0) >= 2);
        assertThat(bodies()).contains("{\"text\":\"docflow:contract:R-1 is signed\"}");
        assertThat(bodies()).noneMatch(it -> it.contains("R-quiet"));
        assertThat(router.get("/ledger/verify").path("whole").booleanValue()).isTrue();
    }

    @Test
    void a_route_that_fails_twice_leaves_a_dead_letter_with_its_message() throws Exception {
        // given
        chat.behave(it -> it.body().contains("R-fails") ? Reply.of(500, "broken") : Reply.OK);
        Event fails = Publisher.event(SIGNED, "docflow:contract:R-fails");

        // when
        publisher.publish(List.of(fails));

        // then
        await().atMost(PATIENCE).until(() -> !deadLetter("chat").isMissingNode());
        assertThat(deadLetter("chat").path("reason").stringValue()).isEqualTo("gave-up");
        assertThat(deadLetter("chat").path("tries"))
                .hasSize(2)
                .allMatch(it -> it.path("answer").stringValue().contains("statusCode: 500"));
        assertThat(bodies()).filteredOn(it -> it.contains("R-fails")).hasSize(2);
    }

    @Test
    void a_missing_route_is_a_failed_attempt_that_says_so() throws Exception {
        // given
        Event rejected = Publisher.event("legal.rejected", "legal:case:R-2");

        // when
        publisher.publish(List.of(rejected));

        // then
        await().atMost(PATIENCE).until(() -> !deadLetter("nobody").isMissingNode());
        assertThat(deadLetter("nobody").path("tries"))
                .allMatch(it -> it.path("answer").stringValue().equals("no route reads from direct:nobody now"));
    }

    @Test
    void an_explanation_shows_what_each_would_send_and_which_routes_no_event_reaches() throws Exception {
        // when
        HttpResponse<String> answer = router.request(
                "POST",
                "/routes/explain",
                "operator",
                "{\"event\": {\"specversion\": \"1.0\", \"id\": \"11111111-1111-4111-8111-111111111111\", \"source\": \"/docflow\","
                        + " \"type\": \"" + SIGNED + "\", \"subject\": \"docflow:contract:R-3\","
                        + " \"time\": \"2026-03-02T09:00:00Z\", \"data\": {}}}");

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode told = JsonMapper.shared().readTree(answer.body());
        JsonNode byRoute = match(told, "chat");
        assertThat(byRoute.path("to").stringValue()).isEqualTo("route direct:chat");
        assertThat(byRoute.at("/sends/conditions/0/matched").booleanValue()).isFalse();
        assertThat(byRoute.at("/sends/sends/0/to").stringValue()).isEqualTo(chat.url());
        assertThat(byRoute.at("/sends/sends/0/body/text").stringValue()).isEqualTo("docflow:contract:R-3 is signed");
        JsonNode byHttp = match(told, "web");
        assertThat(byHttp.at("/sends/method").stringValue()).isEqualTo("POST");
        assertThat(byHttp.at("/sends/url").stringValue()).isEqualTo(chat.url());
        assertThat(byHttp.at("/sends/headers/webhook-id").stringValue())
                .isEqualTo("11111111-1111-4111-8111-111111111111");
        assertThat(byHttp.at("/sends/body/subject").stringValue()).isEqualTo("docflow:contract:R-3");
        assertThat(match(told, "nobody").path("matches").booleanValue()).isFalse();
        assertThat(told.path("routes"))
                .extracting(it ->
                        it.path("id").stringValue() + " " + it.path("matches").booleanValue())
                .containsExactly("chat true", "elsewhere false");
        assertThat(told.path("routes").get(1).path("because").stringValue()).contains("reads from elsewhere");
        assertThat(bodies()).noneMatch(it -> it.contains("R-3"));
    }

    private static JsonNode match(JsonNode told, String subscription) {
        for (JsonNode it : told.path("subscriptions")) {
            if (it.path("subscription").stringValue().equals(subscription)) {
                return it;
            }
        }
        throw new AssertionError(subscription + " is not in " + told);
    }

    @Test
    void the_routes_and_their_files_are_listed() throws Exception {
        JsonNode routes = router.get("/routes");

        assertThat(routes.path("items"))
                .extracting(it ->
                        it.path("id").stringValue() + " in " + it.path("file").stringValue())
                .containsExactly("chat in chat.yaml", "elsewhere in chat.yaml");
        assertThat(routes.path("problems")).isEmpty();
        assertThat(router.get("/actuator/health")
                        .at("/components/routes/status")
                        .stringValue())
                .isEqualTo("UP");
    }
}
