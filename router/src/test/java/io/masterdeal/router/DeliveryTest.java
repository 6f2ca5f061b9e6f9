package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RecordingSink.Received;
import io.masterdeal.router.servers.RecordingSink.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events reach every subscriber that wants them, in order, whatever the sinks do. */
class DeliveryTest extends DeliveryCase {

    @Test
    void an_event_reaches_a_subscriber_signed_and_as_it_was_published() throws Exception {
        // given
        String name = subscribe(sink, "\"types\": [\"" + SIGNED + "\"]");
        Event signed = Publisher.event(SIGNED, "docflow:contract:A-1");

        // when
        publisher.publish(List.of(signed, Publisher.event("legal.approved", "legal:case:A-1")));

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 1);
        Received request = sink.received().getFirst();
        assertThat(sink.received()).hasSize(1);
        assertThat(request.headers())
                .containsEntry("webhook-id", signed.envelope().id().toString())
                .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
                .containsKeys("webhook-timestamp", "webhook-signature")
                .doesNotContainKey("masterdeal-replay");
        assertThat(request.event().path("type").stringValue()).isEqualTo(SIGNED);
        assertThat(request.event().at("/data/status").stringValue()).isEqualTo("Contract Signed");
        JsonNode sums = router.sums(name);
        assertThat(sums.path("seen").longValue()).isEqualTo(2);
        assertThat(sums.path("unwanted").longValue()).isEqualTo(1);
        assertThat(router.get("/ledger/verify").path("whole").booleanValue()).isTrue();
        JsonNode steps = router.get("/delays").path("steps");
        assertThat(steps.findValuesAsString("to")).containsExactly("read", "delivered");
        assertThat(steps.at("/0/last_hour/count").longValue()).isGreaterThanOrEqualTo(2);
        assertThat(steps.at("/1/last_hour/count").longValue()).isPositive();
        assertThat(steps.at("/1/last_hour/max_ms").longValue()).isBetween(0L, PATIENCE.toMillis());
        List<JsonNode> counts = new ArrayList<>();
        router.get("/messages/counts?since=" + Instant.now().minusSeconds(3600))
                .path("items")
                .forEach(counts::add);
        assertThat(counts)
                .anySatisfy(
                        count -> assertThat(count.path("type").stringValue()).isEqualTo(SIGNED))
                .allSatisfy(
                        count -> assertThat(count.path("messages").longValue()).isPositive());
        assertThat(router.get("/messages/counts?until=2020-01-01T00:00:00Z").path("items"))
                .isEmpty();
        for (String range : List.of("since=-100000-01-01T00:00:00Z", "until=%2B1000000000-12-31T23:59:59Z")) {
            assertThat(router.request("GET", "/messages/counts?" + range, "reader", null)
                            .statusCode())
                    .as(range)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_filter_passes_what_fulfils_it_and_says_why_others_did_not() throws Exception {
        // given
        String name = subscribe(
                sink, "\"types\": [\"docflow.*\"], \"filter\": \"event.subject.endsWith('-2') && data.status != ''\"");

        // when
        publisher.publish(List.of(
                Publisher.event(SIGNED, "docflow:contract:B-1"), Publisher.event(SIGNED, "docflow:contract:B-2")));

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 1 && sums(name, "filtered") == 1);
        assertThat(sink.received())
                .singleElement()
                .extracting(Received::subject)
                .isEqualTo("docflow:contract:B-2");
    }

    @Test
    void a_redirect_is_a_refusal_and_is_not_followed() throws Exception {
        // given
        try (RecordingSink elsewhere = RecordingSink.start()) {
            String name = subscribe(sink, "\"types\": [\"" + SIGNED + "\"]");
            sink.behave(_ -> new Reply(307, Map.of("Location", elsewhere.url()), ""));

            // when
            publisher.publish(List.of(Publisher.event(SIGNED, "docflow:contract:R-1")));

            // then
            await().atMost(PATIENCE).until(() -> sums(name, "dead_lettered") == 1);
            assertThat(sums(name, "delivered")).isZero();
            assertThat(sink.received()).hasSize(1);
            assertThat(elsewhere.received()).isEmpty();
            assertThat(router.get("/dead-letters?subscription=" + name)
                            .at("/page/items/0/reason")
                            .stringValue())
                    .isEqualTo("refused");
        }
    }

    @Test
    void while_a_slow_sink_delays_its_first_response_everything_for_a_fast_one_is_delivered() throws Exception {
        // given
        String fast = subscribe(sink, "\"types\": [\"" + SIGNED + "\"]");
        try (RecordingSink slow = RecordingSink.start()) {
            CountDownLatch answer = new CountDownLatch(1);
            slow.behave(_ -> {
                answer.await();
                return Reply.OK;
            });
            String held = subscribe(slow, "\"types\": [\"" + SIGNED + "\"]");
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                events.add(Publisher.event(SIGNED, "docflow:contract:S-" + i));
            }

            // when
            publisher.publish(events);

            // then
            await().atMost(PATIENCE).until(() -> sums(fast, "delivered") == 500);
            assertThat(sums(held, "delivered")).isZero();

            // when
            answer.countDown();

            // then
            await().atMost(PATIENCE).until(() -> sums(held, "delivered") == 500);
        }
    }

    @Test
    void an_unavailable_sink_loses_no_event_and_gets_all_when_it_is_back() throws Exception {
        // given
        String name = subscribe(sink, "\"types\": [\"" + SIGNED + "\"], \"retry\": {\"first-pause\": \"PT0.3S\"}");
        sink.behave(_ -> Reply.of(503, "down for a while"));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(Publisher.event(SIGNED, "docflow:contract:W-" + i));
        }

        // when
        publisher.publish(events);

        // then: the circuit opens before many have used up their attempts
        await().atMost(PATIENCE).until(() -> sink.received().size() >= 20);
        await().pollDelay(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> true);
        assertThat(sink.received().size()).isLessThan(60);

        // when
        sink.behave(_ -> Reply.OK);

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") + sums(name, "dead_lettered") == 300);
        assertThat(sums(name, "delivered")).isGreaterThan(280);
    }

    @Test
    void what_was_not_delivered_when_it_stopped_is_delivered_after_the_next_start() throws Exception {
        // given
        String name = subscribe(sink, "\"types\": [\"" + SIGNED + "\"], \"delivery\": {\"rate\": 50}");
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(Publisher.event(SIGNED, "docflow:contract:R-" + i % 20));
        }
        publisher.publish(events);
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") > 20);

        // when
        router.restart();

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 200);
        for (int i = 0; i < 20; i++) {
            String subject = "docflow:contract:R-" + i;
            assertThat(sink.idsAbout(subject).stream().distinct().toList())
                    .containsExactlyElementsOf(events.stream()
                            .filter(it -> it.envelope().subject().equals(subject))
                            .map(it -> it.envelope().id().toString())
                            .toList());
        }
        assertThat(router.get("/ledger/verify").path("whole").booleanValue()).isTrue();
    }

    @Test
    void a_subscription_whose_secret_cannot_be_read_does_not_affect_the_others() throws Exception {
        // given
        String wrong = nextName();
        Path secret = router.secrets().resolve(wrong + ".whsec");
        Files.createDirectories(router.secrets());
        Files.writeString(secret, "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        subscribe(sink, "\"types\": [\"" + SIGNED + "\"]");
        String well = subscribe(sink, "\"types\": [\"" + SIGNED + "\"]");

        // when
        publisher.publish(List.of(Publisher.event(SIGNED, "docflow:contract:X-1")));

        // then
        await().atMost(PATIENCE).until(() -> sums(well, "delivered") == 1);
        assertThat(sums(wrong, "pending")).isEqualTo(1);

        // when
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        // then
        await().atMost(PATIENCE).until(() -> sums(wrong, "delivered") == 1);
    }
}
