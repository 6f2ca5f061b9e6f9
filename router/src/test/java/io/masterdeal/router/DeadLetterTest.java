package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.role.access.Actor;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink.Received;
import io.masterdeal.router.servers.RecordingSink.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A delivery that is given up is a dead letter: an error event is published, and an operator redrives or discards it. */
class DeadLetterTest extends DeliveryCase {

    /** The example of the specification, section 7.4.2. */
    @Test
    void what_fails_three_times_is_published_as_a_dead_letter_and_delivered_by_a_redrive() throws Exception {
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
        JsonNode done = asConsole(
                "/dead-letters/redrive",
                "{\"selection\": {\"subscription\": \"" + name + "\"}, \"reason\": \"it has room again\"}");

        // then
        assertThat(dry.path("selected").longValue()).isEqualTo(1);
        assertThat(dry.has("operation")).isFalse();
        await().atMost(PATIENCE).until(() -> sums(name, "delivered") == 1);
        assertThat(sink.received()).hasSize(4);
        assertThat(sink.received().getLast().headers()).containsEntry("masterdeal-replay", "1");
        JsonNode way = router.get("/messages?event_id=" + event.envelope().id());
        assertThat(way.at("/items/0/message/deliveries/0/state").stringValue()).isEqualTo("delivered");
        assertThat(way.at("/items/0/message/deliveries/0/tries")).hasSize(4);
        assertThat(way.at("/items/0/committed").stringValue()).isEqualTo("unknown");
        String operation = done.path("operation").stringValue();
        JsonNode item = router.get("/operations/" + operation + "/items").at("/items/0");
        assertThat(item.at("/item/event_id").stringValue())
                .isEqualTo(event.envelope().id().toString());
        assertThat(item.path("result").stringValue()).isEqualTo("redriven");
        assertThat(item.at("/since/state").stringValue()).isEqualTo("delivered");
        JsonNode action = router.get("/operator-actions?actor=Anna+Reed").at("/items/0");
        assertThat(action.path("operation").stringValue()).isEqualTo(operation);
        assertThat(action.path("principal").stringValue()).isEqualTo("console");
        assertThat(action.path("reason").stringValue()).isEqualTo("it has room again");
        assertThat(action.path("items").longValue()).isEqualTo(1);
        JsonNode sums = router.sums(name);
        assertThat(sums.path("accepted").longValue()).isEqualTo(1);
        assertThat(sums.path("dead_lettered").longValue()).isZero();
        assertThat(router.get("/ledger/verify").path("whole").booleanValue()).isTrue();
    }

    @Test
    void a_refused_delivery_is_not_tried_again_and_discarding_it_unblocks_its_deal() throws Exception {
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
    void a_poisonous_deal_blocks_no_other_and_its_events_arrive_in_order_after_the_repair() throws Exception {
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
    void more_than_ten_thousand_are_discarded_by_and_by_and_only_once() throws Exception {
        // given
        String name = subscribe(sink, "\"types\": [\"" + SIGNED + "\"]");
        long first = 1_000_000_000_000L;
        addDeadLetters(name, first, 1_200);
        String request =
                "{\"selection\": {\"subscription\": \"" + name + "\"}, \"limit\": 20000, \"reason\": \"a test\"}";

        try {
            // when
            HttpResponse<String> begun = router.request("POST", "/dead-letters/discard", "operator", request);

            // then
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
            String operation = begun.headers().firstValue("location").orElseThrow();
            await().atMost(PATIENCE).until(() -> state(operation).equals("done"));
            assertThat(router.get(operation).at("/results/discarded").longValue())
                    .isEqualTo(1_200);
            List<Long> ids = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = router.get(operation + "/items?limit=700&cursor=" + next);
                page.path("items")
                        .forEach(it -> ids.add(it.at("/item/message_id").longValue()));
                next = page.path("next").stringValue("");
            } while (!next.isEmpty());
            assertThat(ids)
                    .containsExactlyElementsOf(
                            LongStream.range(first, first + 1_200).boxed().toList());
            assertThat(router.get("/dead-letters/groups?subscription=" + name).path("items"))
                    .isEmpty();

            // when
            JsonNode again = router.operate("POST", "/dead-letters/discard", request);

            // then
            String repeated = "/operations/" + again.path("operation").stringValue();
            await().atMost(PATIENCE).until(() -> state(repeated).equals("done"));
            assertThat(router.get(repeated).path("items").longValue()).isZero();
            assertThat(router.request("POST", repeated + "/stop", "operator", null)
                            .statusCode())
                    .isEqualTo(409);
        } finally {
            router.jdbc()
                    .sql("DELETE FROM deliveries WHERE message_id >= ?")
                    .param(first)
                    .update();
            router.jdbc().sql("DELETE FROM messages WHERE id >= ?").param(first).update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operations/x",
                "/operations?cursor=AA",
                "/operations?limit=0",
                "/operator-actions?from=yesterday",
                "/operator-actions?cursor=AA",
                "/dead-letters/groups?before_message_id=x"
            })
    void a_bad_request_is_a_problem(String path) throws Exception {
        HttpResponse<String> response = router.request("GET", path, "reader", null);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"selection\": {\"subscription\": \"x\", \"typ\": \"y\"}, \"reason\": \"why\"}",
                "{\"selection\": {\"subscription\": \"x\"}, \"reason\": \"why\", \"dryrun\": true}",
                "{\"selection\": {\"subscription\": \"x\"}, \"reason\": \"why\", \"limit\": 1000001}",
                "{\"selection\": {\"subscription\": \"x\"}, \"dry_run\": true, \"limit\": 10001}",
                "{\"selection\": {\"event_ids\": [\"44444444-4444-4444-8444-444444444441\"], \"states\": [null]}, \"reason\": \"why\"}",
                "{\"selection\": {\"message_ids\": [1, null]}, \"dry_run\": true}",
                "{\"selection\": {\"subscription\": \"x\\u0000\"}, \"dry_run\": true}",
                "[]"
            })
    void a_decision_that_is_not_clear_is_a_problem(String body) throws Exception {
        HttpResponse<String> response = router.request("POST", "/dead-letters/redrive", "operator", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void the_console_must_name_somebody_if_it_names_anybody() throws Exception {
        assertThat(router.request("GET", "/operations", "console", null, "Masterdeal-Actor", "x".repeat(201))
                        .statusCode())
                .isEqualTo(400);
        assertThat(router.request("GET", "/operations", "reader", null, "Masterdeal-Actor", "x".repeat(201))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String state(String operation) throws IOException, InterruptedException {
        return router.get(operation).path("state").stringValue();
    }

    private static JsonNode asConsole(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = router.request("POST", path, "console", body, Actor.HEADER, "Anna Reed");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static void addDeadLetters(String subscription, long first, int count) {
        router.jdbc()
                .sql(
                        "INSERT INTO messages (id, accepted_at, topic, partition, \"offset\", event_id, type, subject, occurred_at)"
                                + " SELECT ? + i, transaction_timestamp(), 'docflow.events', 0, ? + i, gen_random_uuid(), ?, 'd:' || i,"
                                + " transaction_timestamp() FROM generate_series(0, ? - 1) AS i")
                .params(first, first, SIGNED, count)
                .update();
        router.jdbc()
                .sql(
                        "INSERT INTO deliveries (message_id, accepted_at, subscription, state, reason, order_key, changed_at)"
                                + " SELECT m.id, m.accepted_at, s.id, 'dead_lettered', 'gave-up', '', m.accepted_at FROM messages m,"
                                + " subscriptions s WHERE m.id >= ? AND s.name = ?")
                .params(first, subscription)
                .update();
    }

    private static Duration between(Received one, Received other) {
        return Duration.between(one.at(), other.at());
    }
}
