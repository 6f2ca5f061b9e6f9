package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RecordingSink.Received;
import io.masterdeal.router.servers.RecordingSink.Reply;
import io.masterdeal.router.servers.RunningRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events reach who wants them, in order, whatever the sinks do. */
class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SIGNED = "docflow.contract.signed";

    private static RunningRouter router;

    private static Publisher publisher;

    private RecordingSink sink;

    private static int count;

    @BeforeAll
    static void start() {
        router = RunningRouter.start();
        publisher = new Publisher();
    }

    @AfterAll
    static void stop() {
        publisher.close();
        router.close();
    }

    @BeforeEach
    void open() throws IOException {
        sink = RecordingSink.start();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        for (JsonNode it : router.get("/subscriptions").path("items")) {
            if (it.path("origin").stringValue().equals("api")) {
                router.request("DELETE", "/subscriptions/" + name(it), "operator", null);
            }
        }
        sink.close();
    }

    private static String name(JsonNode subscription) {
        return subscription.at("/definition/name").stringValue();
    }

    @Test
    void an_event_reaches_a_subscriber_signed_and_as_it_was_told() throws Exception {
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
    }

    @Test
    void a_filter_lets_pass_what_fulfils_it_and_says_why_it_did_not() throws Exception {
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
    void an_answer_that_points_elsewhere_is_a_refusal_and_nobody_goes_there() throws Exception {
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

    /** The example of the specification, section 7.4.2. */
    @Test
    void what_fails_three_times_is_a_dead_letter_and_is_told_and_a_redrive_delivers_it() throws Exception {
        // given
        String name = subscribe(
                sink, "\"types\": [\"crm.deal.updated\"], \"retry\": {\"attempts\": 3, \"first-pause\": \"PT0.5S\"}");
        sink.behave(_ -> Reply.of(500, "no room"));
        Event event = Publisher.event("crm.deal.updated", "crm:deal:C-1");

        // when
        publisher.publish(List.of(event));

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "dead_lettered") == 1);
        List<Received> attempts = List.copyOf(sink.received());
        assertThat(attempts)
                .hasSize(3)
                .allMatch(it -> it.id().equals(event.envelope().id().toString()));
        assertThat(between(attempts.get(0), attempts.get(1)))
                .isBetween(Duration.ofMillis(440), Duration.ofMillis(1500));
        assertThat(between(attempts.get(1), attempts.get(2)))
                .isBetween(Duration.ofMillis(1340), Duration.ofMillis(3000));

        JsonNode letters = router.get("/dead-letters?subscription=" + name);
        JsonNode letter = letters.at("/page/items/0");
        assertThat(letter.path("reason").stringValue()).isEqualTo("gave-up");
        assertThat(letter.path("tries"))
                .hasSize(3)
                .allMatch(it -> it.path("status").intValue() == 500
                        && it.path("answer").stringValue().equals("no room"));
        assertThat(letters.path("reasons"))
                .anyMatch(it -> it.path("subscription").stringValue().equals(name)
                        && it.path("count").longValue() == 1);

        List<Event> told = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            told.clear();
            publisher.read("error.events").stream()
                    .filter(it ->
                            event.envelope().id().toString().equals(it.data().get("event_id")))
                    .forEach(told::add);
            return !told.isEmpty();
        });
        assertThat(told).singleElement().satisfies(it -> {
            assertThat(it.data().get("subscription")).isEqualTo(name);
            assertThat(it.data().get("reason")).isEqualTo("gave-up");
            assertThat(it.data().get("correlation_id")).isEqualTo("c-crm:deal:C-1");
            assertThat((List<?>) it.data().get("attempts")).hasSize(3);
        });

        // when
        sink.behave(_ -> Reply.OK);
        JsonNode dry = router.operate(
                "POST",
                "/dead-letters/redrive",
                "{\"selection\": {\"subscription\": \"" + name + "\"}, \"dry_run\": true}");
        router.operate(
                "POST",
                "/dead-letters/redrive",
                "{\"selection\": {\"subscription\": \"" + name + "\"}, \"reason\": \"it has room again\"}");

        // then
        assertThat(dry.path("selected").longValue()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 1);
        assertThat(sink.received()).hasSize(4);
        assertThat(sink.received().getLast().headers()).containsEntry("masterdeal-replay", "1");
        JsonNode way = router.get("/messages?event_id=" + event.envelope().id());
        assertThat(way.at("/items/0/message/deliveries/0/state").stringValue()).isEqualTo("delivered");
        assertThat(way.at("/items/0/message/deliveries/0/tries")).hasSize(4);
        assertThat(way.at("/items/0/committed").stringValue()).isEqualTo("unknown");
        JsonNode sums = router.sums(name);
        assertThat(sums.path("accepted").longValue()).isEqualTo(1);
        assertThat(sums.path("dead_lettered").longValue()).isZero();
        assertThat(router.get("/ledger/verify").path("whole").booleanValue()).isTrue();
    }

    @Test
    void what_is_refused_is_not_tried_again_and_a_discard_lets_the_next_ones_of_its_deal_go() throws Exception {
        // given
        String name = subscribe(sink, "\"types\": [\"" + SIGNED + "\", \"docflow.contract.drafted\"]");
        Event first = Publisher.event("docflow.contract.drafted", "docflow:contract:D-1");
        Event second = Publisher.event(SIGNED, "docflow:contract:D-1");
        sink.behave(it -> it.id().equals(first.envelope().id().toString()) ? Reply.of(422, "what?") : Reply.OK);

        // when
        publisher.publish(List.of(first, second));

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "dead_lettered") == 1 && sums(name, "parked") == 1);
        assertThat(sink.received()).hasSize(1);

        // when
        JsonNode effect = router.operate(
                "POST",
                "/dead-letters/discard",
                "{\"selection\": {\"event_ids\": [\"" + first.envelope().id()
                        + "\"]}, \"reason\": \"a draft of a test\"}");

        // then
        assertThat(effect.path("behind").longValue()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 1);
        assertThat(sums(name, "discarded")).isEqualTo(1);
        assertThat(sink.received().getLast().id())
                .isEqualTo(second.envelope().id().toString());
    }

    @Test
    void one_poisonous_deal_holds_up_no_other_and_its_own_events_arrive_in_order_after_the_repair() throws Exception {
        // given
        String name = subscribe(
                sink, "\"types\": [\"docflow.contract.*\"], \"retry\": {\"attempts\": 3, \"first-pause\": \"PT0.2S\"}");
        String poisonous = "docflow:contract:P-500";
        sink.behave(it -> it.subject().equals(poisonous) ? Reply.of(500, "poison") : Reply.OK);
        List<Event> events = new ArrayList<>();
        for (String type : List.of("docflow.contract.drafted", SIGNED, "docflow.contract.rejected")) {
            for (int deal = 0; deal < 1000; deal++) {
                events.add(Publisher.event(type, "docflow:contract:P-" + deal));
            }
        }

        // when
        publisher.publish(events);

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 2997);
        await().atMost(PATIENCE).until(() -> sums(name, "dead_lettered") == 1);
        assertThat(sums(name, "parked")).isEqualTo(2);

        // when
        sink.behave(_ -> Reply.OK);
        router.operate(
                "POST",
                "/dead-letters/redrive",
                "{\"selection\": {\"order_key\": \"" + poisonous + "\"}, \"reason\": \"repaired\"}");

        // then
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 3000);
        List<String> taken = sink.idsAbout(poisonous);
        assertThat(taken.subList(taken.size() - 3, taken.size()))
                .containsExactlyElementsOf(events.stream()
                        .filter(it -> it.envelope().subject().equals(poisonous))
                        .map(it -> it.envelope().id().toString())
                        .toList());
        for (int deal = 0; deal < 1000; deal += 111) {
            String subject = "docflow:contract:P-" + deal;
            assertThat(sink.idsAbout(subject))
                    .containsExactlyElementsOf(events.stream()
                            .filter(it -> it.envelope().subject().equals(subject))
                            .map(it -> it.envelope().id().toString())
                            .toList());
        }
        assertThat(router.get("/ledger/verify").path("whole").booleanValue()).isTrue();
    }

    @Test
    void while_a_slow_sink_holds_its_first_answer_everything_for_a_fast_one_is_delivered() throws Exception {
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
    void a_sink_that_is_away_costs_no_event_and_gets_all_when_it_is_back() throws Exception {
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
    void a_subscription_whose_secret_cannot_be_read_keeps_no_other_from_being_served() throws Exception {
        // given
        String wrong = "test-" + (count + 1);
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

    private static Duration between(Received one, Received other) {
        return Duration.between(one.at(), other.at());
    }

    private static long sums(String subscription, String state) throws IOException, InterruptedException {
        return router.sums(subscription).path(state).longValue(0);
    }

    private static String subscribe(RecordingSink to, String rest) throws IOException, InterruptedException {
        String name = "test-" + ++count;
        router.subscribe(name, "{\"sink\": {\"type\": \"http\", \"url\": \"" + to.url() + "\"}, " + rest + "}");
        // Its worker begins with what is accepted from here on.
        return name;
    }
}
