package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.sandbox.RunningSandbox.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the systems do with events that are delivered to them. */
class NotificationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

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
    void a_delivery_not_signed_with_the_secret_of_the_subscription_is_refused() {
        String contract = contract();
        JsonNode event = signed(contract, "required");
        String body = event.toString();
        String id = event.path("id").asString();
        long now = Instant.now().getEpochSecond();
        long before = counts("legal").path("unsigned").longValue();

        // when
        List<Reply> replies = List.of(
                // no signature
                sandbox.send(sandbox.request("/legal/notifications", "operator").POST(body(body))),
                // that of another subscription
                sandbox.send(headers("/legal/notifications", id, now, Notifier.CRM.sign(id, now, body), body)),
                // one of another body
                sandbox.send(headers("/legal/notifications", id, now, Notifier.LEGAL.sign(id, now, body + " "), body)),
                // one of another id
                sandbox.send(headers(
                        "/legal/notifications",
                        UUID.randomUUID().toString(),
                        now,
                        Notifier.LEGAL.sign(id, now, body),
                        body)),
                // no base64
                sandbox.send(headers("/legal/notifications", id, now, "v1,*** v2,abc", body)),
                // too old, and ahead
                sandbox.send(Notifier.LEGAL.request(
                        sandbox.address(), event, Instant.now().minusSeconds(301))),
                sandbox.send(Notifier.LEGAL.request(
                        sandbox.address(), event, Instant.now().plusSeconds(310))));

        // then
        assertThat(replies).extracting(Reply::status).containsOnly(401);
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.at("/type")).isEqualTo("urn:masterdeal:problem:unsigned"));
        assertThat(casesOf(contract)).isEmpty();
        assertThat(counts("legal").path("unsigned").longValue()).isEqualTo(before + replies.size());
    }

    @Test
    void one_valid_signature_of_several_is_enough_while_a_secret_is_replaced() {
        String contract = contract();
        JsonNode event = signed(contract, "required");
        String body = event.toString();
        String id = event.path("id").asString();
        long now = Instant.now().minusSeconds(280).getEpochSecond();

        Reply reply = sandbox.send(headers(
                "/legal/notifications",
                id,
                now,
                Notifier.CRM.sign(id, now, body) + " " + Notifier.LEGAL.sign(id, now, body),
                body));

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(204);
        assertThat(casesOf(contract)).hasSize(1);
    }

    @Test
    void when_a_signature_of_a_contract_is_acknowledged_legal_has_a_case_and_a_repeat_opens_no_other() {
        // given
        String contract = contract();
        JsonNode signed = signed(contract, "required");

        // when
        Reply first = tell(Notifier.LEGAL, signed);
        List<JsonNode> casesThen = casesOf(contract);
        Reply again = tell(Notifier.LEGAL, signed);
        Reply other = tell(Notifier.LEGAL, signed(contract, "required"));

        // then
        assertThat(List.of(first, again, other)).extracting(Reply::status).containsOnly(204);
        assertThat(casesThen).hasSize(1);
        assertThat(casesThen.getFirst().path("correlation_id").asString()).isEqualTo("story of " + contract);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                casesOf(contract).getFirst().path("status").asString())
                        .isEqualTo("Cleared"));
        assertThat(casesOf(contract)).hasSize(1);
    }

    @Test
    void legal_acknowledges_what_does_not_ask_for_it_and_does_nothing() {
        String contract = contract();
        ObjectNode replayed = signed(contract, "required").put("replayed", true);

        assertThat(List.of(
                        tell(Notifier.LEGAL, signed(contract, null)),
                        tell(Notifier.LEGAL, signed(contract, "waived")),
                        tell(Notifier.LEGAL, replayed)))
                .extracting(Reply::status)
                .containsOnly(204);
        assertThat(casesOf(contract)).isEmpty();
    }

    @Test
    void an_invalid_event_is_refused_and_not_stored_as_handled() {
        String contract = contract();
        ObjectNode event = signed(contract, "required");
        ObjectNode broken = event.deepCopy().put("time", "yesterday");

        assertThat(tell(Notifier.LEGAL, broken).status()).isEqualTo(422);
        assertThat(tell(Notifier.CRM, event).status()).isEqualTo(422);
        assertThat(tell(Notifier.LEGAL, event).status()).isEqualTo(204);
        assertThat(casesOf(contract)).hasSize(1);
    }

    @Test
    void the_context_keeps_the_latest_revision_of_a_deal_when_others_arrive_late_or_twice() {
        // given
        String deal = deal();
        JsonNode second = revision(deal, 2, "briefed");
        long deals = sandbox.get("/context").json().path("deals").longValue();
        JsonNode before = counts("context");

        // when
        List<Reply> replies = List.of(
                tell(Notifier.CONTEXT, second),
                tell(Notifier.CONTEXT, revision(deal, 1, "lead_created")),
                tell(Notifier.CONTEXT, second),
                tell(Notifier.CONTEXT, revision(deal, 2, "closed")));

        // then
        assertThat(replies).extracting(Reply::status).containsOnly(204);
        assertThat(sandbox.get("/context/" + deal).json()).hasToString(second.toString());
        assertThat(sandbox.get("/context").json().path("deals").longValue()).isEqualTo(deals + 1);
        assertThat(since(before, "kept")).isEqualTo(1);
        assertThat(since(before, "stale")).isEqualTo(2);
        assertThat(since(before, "repeated")).isEqualTo(1);

        // and
        JsonNode third = revision(deal, 3, "offer_ready");
        tell(Notifier.CONTEXT, third);
        assertThat(sandbox.get("/context/" + deal).json()).hasToString(third.toString());
    }

    @Test
    void an_event_of_a_greater_epoch_is_newer_whatever_its_revision_and_a_withdrawn_deal_is_remembered() {
        // given
        String deal = deal();
        tell(Notifier.CONTEXT, revision(deal, 9, "closed"));
        JsonNode before = counts("context");

        // when: the database went back, and its deal was withdrawn
        ObjectNode restored = revision(deal, 2, "none");
        ((ObjectNode) restored.path("data")).put("epoch", 7).put("withdrawn", true);
        tell(Notifier.CONTEXT, restored);
        tell(Notifier.CONTEXT, revision(deal, 10, "closed"));

        // then
        assertThat(sandbox.get("/context/" + deal).json()).hasToString(restored.toString());
        assertThat(since(before, "kept")).isEqualTo(1);
        assertThat(since(before, "stale")).isEqualTo(1);
    }

    @Test
    void crm_and_task_tracker_change_nothing_for_a_stale_or_repeated_revision() {
        for (Notifier system : List.of(Notifier.CRM, Notifier.TASK_TRACKER)) {
            String deal = deal();
            JsonNode third = revision(deal, 3, "offer_ready");
            JsonNode before = counts(system.subscription());

            assertThat(List.of(
                            tell(system, third),
                            tell(system, revision(deal, 2, "briefed")),
                            tell(system, third),
                            tell(system, revision(deal, 4, "briefed"))))
                    .extracting(Reply::status)
                    .containsOnly(204);

            JsonNode after = counts(system.subscription());
            assertThat(after.path("kept").longValue() - before.path("kept").longValue())
                    .isEqualTo(2);
            assertThat(after.path("stale").longValue() - before.path("stale").longValue())
                    .isEqualTo(1);
            assertThat(after.path("repeated").longValue()
                            - before.path("repeated").longValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_notification_needs_no_key_and_what_was_notified_cannot_be_read_without_one() {
        assertThat(tell(Notifier.CONTEXT, revision(deal(), 1, "none")).status()).isEqualTo(204);
        assertThat(sandbox.send(sandbox.request("/context", null)).status()).isEqualTo(401);
        assertThat(sandbox.send(sandbox.request("/notifications", null)).status())
                .isEqualTo(401);
        assertThat(sandbox.send(sandbox.request("/legal/notifications", null)).status())
                .isEqualTo(401);
        assertThat(sandbox.get("/context/crm:deal:nobody").status()).isEqualTo(404);
    }

    private static long since(JsonNode before, String count) {
        return counts("context").path(count).longValue() - before.path(count).longValue();
    }

    private static JsonNode counts(String subscription) {
        return sandbox.get("/notifications").json().path(subscription);
    }

    private static Reply tell(Notifier subscriber, JsonNode event) {
        return sandbox.send(subscriber.request(sandbox.address(), event));
    }

    private static BodyPublisher body(String text) {
        return BodyPublishers.ofString(text);
    }

    private static HttpRequest.Builder headers(String path, String id, long timestamp, String signature, String body) {
        return sandbox.request(path, null)
                .header("Content-Type", "application/cloudevents+json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .POST(body(body));
    }

    private static List<JsonNode> casesOf(String contract) {
        return sandbox.all("/legal/cases").stream()
                .filter(each -> each.path("links")
                        .valueStream()
                        .anyMatch(link -> link.asString().equals(contract)))
                .toList();
    }

    private static String contract() {
        return "docflow:contract:K-told-" + NUMBERS.incrementAndGet();
    }

    private static String deal() {
        return "crm:deal:D-told-" + NUMBERS.incrementAndGet();
    }

    private static ObjectNode signed(String contract, @Nullable String review) {
        ObjectNode event =
                event("docflow.contract.signed", "/docflow", contract).put("correlationid", "story of " + contract);
        ObjectNode attributes = event.putObject("data").putObject("attributes");
        if (review != null) {
            attributes.put("legal_review", review);
        }
        return event;
    }

    private static ObjectNode revision(String deal, long revision, String stage) {
        ObjectNode event = event("masterdeal.stage.changed", "/masterdeal", deal);
        event.putObject("data").put("root", deal).put("revision", revision).put("stage", stage);
        return event;
    }

    private static ObjectNode event(String type, String source, String subject) {
        return RunningSandbox.JSON
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", source)
                .put("type", type)
                .put("subject", subject)
                .put("time", "2026-03-02T09:00:00Z");
    }
}
