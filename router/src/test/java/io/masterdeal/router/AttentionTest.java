package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RunningRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What needs the attention of an operator, and what does not. */
class AttentionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String DIGITS = "[0,1,2,3,4,5,6,7,8,9]";

    /** Takes a hundred million steps for subjects that end in "-slow". */
    private static final String GREEDY =
            "!event.subject.endsWith('-slow') || " + DIGITS + ".all(a, " + DIGITS + ".all(b, "
                    + DIGITS + ".all(c, " + DIGITS + ".all(d, " + DIGITS + ".all(e, " + DIGITS + ".all(f, " + DIGITS
                    + ".all(g, a + b + c + d + e + f + g >= 0)))))))";

    private static RunningRouter router;

    private static Publisher publisher;

    private static RecordingSink sink;

    @BeforeAll
    static void start() throws Exception {
        router = RunningRouter.start();
        publisher = new Publisher();
        sink = RecordingSink.start();
    }

    @AfterAll
    static void stop() {
        sink.close();
        publisher.close();
        router.close();
    }

    private static long sum(String subscription, String state) throws Exception {
        return router.sums(subscription).path(state).longValue(-1);
    }

    private static String definition(String filter) {
        return "{\"types\": [\"docflow.contract.drafted\"], \"order\": \"none\", \"filter\": \"" + filter
                + "\", \"sink\": {\"type\": \"http\", \"url\": \"" + sink.url() + "\"}}";
    }

    @Test
    void a_filter_that_takes_too_much_stops_its_subscription_and_no_other_and_loses_nothing() throws Exception {
        // given
        router.subscribe("greedy", definition(GREEDY));
        router.subscribe("modest", definition("event.subject.startsWith('docflow:')"));
        List<Event> events = List.of(
                Publisher.event("docflow.contract.drafted", "docflow:contract:A-1"),
                Publisher.event("docflow.contract.drafted", "docflow:contract:A-2-slow"),
                Publisher.event("docflow.contract.drafted", "docflow:contract:A-3"));

        // when
        publisher.publish(events);

        // then
        await().atMost(PATIENCE).until(() -> sum("modest", "delivered") == 3);
        await().atMost(PATIENCE).until(() -> router.get("/subscriptions/greedy").has("stopped"));
        JsonNode stopped = router.get("/subscriptions/greedy").path("stopped");
        assertThat(stopped.path("event_id").stringValue())
                .isEqualTo(events.get(1).envelope().id().toString());
        assertThat(stopped.path("because").stringValue()).contains("takes more than 200 ms");
        assertThat(router.request("GET", "/actuator/health/subscriptions", null, null)
                        .statusCode())
                .isEqualTo(503);
        assertThat(router.request("GET", "/actuator/prometheus", "operator", null)
                        .body())
                .contains("masterdeal_router_stopped_subscriptions 1.0")
                .contains("masterdeal_router_filters_total{outcome=\"over_budget\",subscription=\"greedy\"}");
        assertThat(sum("greedy", "filtered")).isZero();
        assertThat(sum("greedy", "pending") + sum("greedy", "delivered")).isEqualTo(3);

        // when
        router.restart();
        router.operate("POST", "/subscriptions/greedy/resume", "{}");

        // then
        await("it stops again").atMost(PATIENCE).until(() -> {
            JsonNode again = router.get("/subscriptions/greedy").path("stopped").path("since");
            return again.isString() && !again.equals(stopped.path("since"));
        });

        // when
        router.subscribe("greedy", definition("!event.subject.endsWith('-3') && data.attributes.x != 'y'"));

        // then
        await().atMost(PATIENCE).until(() -> sum("greedy", "pending") == 0);
        assertThat(sum("greedy", "delivered") + sum("greedy", "filtered")).isEqualTo(3);
        assertThat(sum("greedy", "filter_failed")).isPositive();
        assertThat(router.get("/subscriptions/greedy").has("stopped")).isFalse();
        assertThat(router.request("GET", "/actuator/health/subscriptions", null, null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(router.get("/ledger/verify?against=kafka").path("differences"))
                .isEmpty();
    }

    private static Event error(String stage, boolean whole) {
        EventType type = Objects.requireNonNull(EventCatalog.bundled().type("error.event"));
        GenericRecord data = new GenericRecordBuilder(type.schema())
                .set("reason", "invalid-event")
                .set("detail", "Sent with the key of crm. /subject is required")
                .set("stage", stage)
                .set("topic", stage.equals("intake") ? "crm.events" : null)
                .set("payload", whole ? java.nio.ByteBuffer.wrap(new byte[] {1}) : null)
                .build();
        return new Event(
                Envelope.builder(UUID.randomUUID(), "/masterdeal/gateway", type.name(), "gateway/crm", Instant.now())
                        .build(),
                data);
    }

    @Test
    void a_refusal_is_not_a_dead_letter_and_an_incomplete_record_is_not_announced_as_redriven() throws Exception {
        // when
        publisher.publish(List.of(error("gateway", true), error("intake", false), error("intake", true)));

        // then
        await().atMost(PATIENCE).until(() -> sum("refused-records", "dead_lettered") == 2);
        assertThat(sum("refused-records", "refused")).isEqualTo(1);
        JsonNode refusals = router.get("/refusals?sender=crm");
        assertThat(refusals.at("/reasons/0/count").longValue()).isEqualTo(1);
        assertThat(refusals.at("/page/items/0/detail").stringValue()).contains("/subject is required");
        assertThat(router.get("/refusals?sender=legal").at("/page/items")).isEmpty();
        assertThat(router.get("/dead-letters?subscription=refused-records").at("/page/items"))
                .hasSize(2);
        assertThat(router.get("/dead-letters?subscription=nobody").path("reasons"))
                .isEmpty();

        // when
        JsonNode effect = router.operate(
                "POST",
                "/dead-letters/redrive",
                "{\"selection\": {\"subscription\": \"refused-records\"}, \"dry_run\": true}");

        // then
        assertThat(effect.path("redriven").longValue()).isEqualTo(1);
        assertThat(effect.path("unsendable").longValue()).isEqualTo(1);
    }

    @Test
    void the_answer_of_a_sink_is_shown_only_to_the_operator() throws Exception {
        // given
        sink.behave(_ -> RecordingSink.Reply.of(422, "inner secret"));
        router.subscribe("refuser", definition("true").replace("docflow.contract.drafted", "docflow.contract.signed"));

        // when
        publisher.publish(List.of(Publisher.event("docflow.contract.signed", "docflow:contract:R-1")));

        // then
        await().atMost(PATIENCE).until(() -> sum("refuser", "dead_lettered") == 1);
        sink.behave(_ -> RecordingSink.Reply.OK);
        for (String path : List.of("/dead-letters?subscription=refuser", "/messages?subscription=refuser")) {
            assertThat(router.request("GET", path, "operator", null).body()).contains("inner secret");
            assertThat(router.request("GET", path, "crm", null).body())
                    .contains("422")
                    .doesNotContain("inner secret");
        }
    }
}
