package io.masterdeal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent again and what is not, and what a caller is told. */
@Timeout(60)
class EventClientTest {

    private static final Instant TIME = Instant.parse("2026-03-02T09:00:00Z");

    private static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofSeconds(20), Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMillis(50), false);

    /** How long a silent server is waited for: longer than one that answers takes on a busy machine. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final ScriptedServer gateway;

    private final ClientSettings settings;

    EventClientTest() throws IOException {
        gateway = new ScriptedServer();
        settings = ClientSettings.of(gateway.address(), ApiKey.of(ScriptedServer.KEY))
                .withRetry(QUICK)
                .withTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static CloudEvent event(String id) {
        return CloudEvent.create(
                "crm.deal.created",
                "crm:deal:D-1",
                TIME,
                Map.of("client", "Yantar"),
                Map.of("id", id, "sequence", "1"));
    }

    private static List<CloudEvent> events(String... ids) {
        return Stream.of(ids).map(EventClientTest::event).toList();
    }

    private List<List<String>> askedIds() {
        return gateway.asked.stream().map(ScriptedServer.Asked::ids).toList();
    }

    @Test
    void an_event_is_sent_again_as_it_is_until_it_is_decided() throws Exception {
        // given
        gateway.problem(429, "too many", Map.of("Retry-After", "1"))
                .problem(408, "too slow")
                .problem(500, "fault")
                .problem(502, "nobody behind")
                .body(503, "<html>maintenance</html>")
                .problem(504, "too late")
                .lost()
                .silence()
                .stalled();
        try (EventClient client = new EventClient(settings.withTimeout(SILENCE))) {
            // when
            Accepted accepted = client.publish(event("e-1"));

            // then
            assertThat(accepted).isEqualTo(new Accepted("crm.events", 2, 7));
            assertThat(gateway.asked).hasSize(10).allSatisfy(asked -> {
                assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /events");
                assertThat(asked.headers().get("Authorization")).containsExactly("Bearer " + ScriptedServer.KEY);
                assertThat(asked.headers().get("Content-type"))
                        .containsExactly("application/cloudevents+json; charset=UTF-8");
                assertThat(asked.body()).isEqualTo(gateway.asked.getFirst().body());
            });
            assertThat(gateway.asked.getFirst().body())
                    .isEqualTo(
                            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/crm\",\"type\":\"crm.deal.created\","
                                    + "\"subject\":\"crm:deal:D-1\",\"time\":\"2026-03-02T09:00:00Z\",\"sequence\":\"1\","
                                    + "\"data\":{\"client\":\"Yantar\"}}");
        }
    }

    @Test
    void a_refused_caller_gets_the_reason_at_once() throws Exception {
        // given
        gateway.problem(401, "Send the API key of your domain.").problem(401, "Send the API key of your domain.");
        try (EventClient client = new EventClient(settings)) {
            // then
            assertThatThrownBy(() -> client.publish(event("e-1"))).isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e)
                        .hasMessage("the gateway at " + gateway.address()
                                + " answers /events with 401: Send the API key of your domain.");
                assertThat(e.status()).isEqualTo(401);
                assertThat(e.isTransient()).isFalse();
                assertThat(e.isCallerRefused()).isTrue();
            });
            assertThat(client.publish(events("e-1", "e-2")))
                    .hasSize(2)
                    .allSatisfy(result -> assertThat(result)
                            .isInstanceOfSatisfying(
                                    Undecided.class,
                                    undecided -> assertThat(undecided.cause()).hasMessageContaining("401")));
            assertThat(gateway.asked).hasSize(2);
        }
    }

    @Test
    void an_event_that_is_refused_is_not_sent_again() throws Exception {
        for (int status : new int[] {400, 403, 409, 413, 415, 422}) {
            gateway.asked.clear();
            gateway.problem(status, "wrong");
            try (EventClient client = new EventClient(settings)) {
                assertThatThrownBy(() -> client.publish(event("e-1"))).isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(status);
                    assertThat(e.isTransient()).isFalse();
                    assertThat(e.problem())
                            .extracting(ApiProblem::title, ApiProblem::detail, ApiProblem::type)
                            .containsExactly("Title of " + status, "wrong", "urn:masterdeal:problem:test");
                });
                assertThat(gateway.asked).hasSize(1);
            }
        }
    }

    @Test
    void of_a_batch_only_what_is_not_decided_is_sent_again() throws Exception {
        // given
        gateway.items(202, 503, 422, 429, 500).items(503, 202, 403);
        try (EventClient client = new EventClient(settings)) {
            // when
            List<PublishResult> results = client.publish(events("a", "b", "c", "d", "e"));

            // then
            assertThat(askedIds())
                    .containsExactly(List.of("a", "b", "c", "d", "e"), List.of("b", "d", "e"), List.of("b"));
            assertThat(results.get(0)).isEqualTo(new Accepted("crm.events", 0, 0));
            assertThat(results.get(1)).isEqualTo(new Accepted("crm.events", 0, 0));
            assertThat(results.get(2)).isInstanceOfSatisfying(Rejected.class, rejected -> {
                assertThat(rejected.problem().status()).isEqualTo(422);
                assertThat(rejected.problem().errors())
                        .containsExactly(new ApiProblem.Fault("/time", "must be a time"));
                assertThat(rejected.problem().json().at("/errors/0/pointer").stringValue())
                        .isEqualTo("/time");
                assertThat(rejected.problem().summary()).isEqualTo("/time must be a time");
            });
            assertThat(results.get(3)).isEqualTo(new Accepted("crm.events", 0, 1));
            assertThat(results.get(4)).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void a_batch_that_is_refused_as_a_whole_is_halved_until_the_event_to_blame_is_alone() throws Exception {
        // given: all, the first two, the first, the second, the other two
        gateway.problem(413, "too large")
                .problem(413, "too large")
                .accepted()
                .problem(413, "too large")
                .accepted();
        try (EventClient client = new EventClient(settings)) {
            // when
            List<PublishResult> results = client.publish(events("a", "b", "c", "d"));

            // then
            assertThat(askedIds())
                    .containsExactly(
                            List.of("a", "b", "c", "d"),
                            List.of("a", "b"),
                            List.of("a"),
                            List.of("b"),
                            List.of("c", "d"));
            assertThat(results)
                    .extracting(result -> result.getClass().getSimpleName())
                    .containsExactly("Accepted", "Rejected", "Accepted", "Accepted");
        }
    }

    @Test
    void a_success_that_is_not_the_gateways_does_not_count_as_accepted() throws Exception {
        // given
        gateway.body(200, "<html>Welcome</html>");
        try (EventClient client = new EventClient(settings)) {
            // when
            client.publish(event("e-1"));
            gateway.body(200, "<html>Welcome</html>");
            List<PublishResult> results = client.publish(events("e-2", "e-3"));

            // then
            assertThat(results).hasOnlyElementsOfType(Accepted.class);
            assertThat(askedIds())
                    .containsExactly(List.of("e-1"), List.of("e-1"), List.of("e-2", "e-3"), List.of("e-2", "e-3"));
        }
    }

    @Test
    void events_that_are_given_up_carry_the_cause_and_later_ones_are_not_sent() throws Exception {
        // given
        gateway.items(202, 503).problem(503, "Kafka is away").problem(503, "Kafka is still away");
        List<CloudEvent> events = new ArrayList<>(events("a", "b"));
        events.add(CloudEvent.binary(Map.of("ce-id", List.of("c")), new byte[0]));
        RetryPolicy soonGivenUp = new RetryPolicy(
                Duration.ofMillis(150), Duration.ofMillis(120), Duration.ofMillis(120), Duration.ZERO, false);
        try (EventClient client = new EventClient(settings.withRetry(soonGivenUp))) {
            // when
            List<PublishResult> results = client.publish(events);

            // then
            assertThat(results.getFirst()).isInstanceOf(Accepted.class);
            assertThat(results.subList(1, 3))
                    .allSatisfy(result -> assertThat(result).isInstanceOfSatisfying(Undecided.class, undecided -> {
                        assertThat(undecided.cause().isTransient()).isTrue();
                        assertThat(undecided.cause()).hasMessageContaining("503: Kafka is");
                    }));
            assertThat(askedIds()).doesNotContain(List.of("c"));
        }
    }

    @Test
    void a_gateway_that_cannot_be_reached_is_named_by_its_address() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (EventClient client = new EventClient(
                ClientSettings.of(nobody, ApiKey.of(ScriptedServer.KEY)).withRetry(RetryPolicy.once()))) {
            assertThatThrownBy(() -> client.publish(event("e-1"))).isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e).hasMessageStartingWith("the gateway at " + nobody + " cannot be reached: ");
                assertThat(e.isTransient()).isTrue();
                assertThat(e.status()).isZero();
            });
        }
    }

    @Test
    void many_events_go_in_batches_and_those_in_binary_mode_alone() throws Exception {
        // given
        List<CloudEvent> events = new ArrayList<>();
        IntStream.range(0, 260).mapToObj(i -> event("s-" + i)).forEach(events::add);
        events.add(CloudEvent.binary(
                Map.of("ce-id", List.of("b-0"), "content-type", List.of("application/json")),
                "{}".getBytes(StandardCharsets.UTF_8)));
        String large = "x".repeat(600_000);
        for (String id : List.of("l-0", "l-1")) {
            events.add(
                    CloudEvent.create("crm.deal.created", "crm:deal:D-1", TIME, Map.of("t", large), Map.of("id", id)));
        }
        try (EventClient client = new EventClient(settings)) {
            // when
            List<PublishResult> results = client.publish(events);

            // then
            assertThat(results).hasSize(263).hasOnlyElementsOfType(Accepted.class);
            assertThat(askedIds()).extracting(List::size).containsExactly(250, 10, 1, 1, 1);
            assertThat(gateway.asked.get(2).headers().get("Content-type")).containsExactly("application/json");
            assertThat(gateway.asked.get(3).headers().get("Content-type"))
                    .containsExactly("application/cloudevents-batch+json; charset=UTF-8");
            assertThat(client.publish(List.of())).isEmpty();
        }
    }

    @Test
    void a_key_is_never_shown() {
        assertThat(settings.toString()).doesNotContain(ScriptedServer.KEY);
        assertThatThrownBy(() -> ApiKey.of(ScriptedServer.KEY + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(ScriptedServer.KEY);
    }
}
