package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RunningRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The check of the ledger finds what is wrong, and names it. */
class VerifyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String DRAFTED = "docflow.contract.drafted";

    private static final String SIGNED = "docflow.contract.signed";

    private final RunningRouter router = RunningRouter.start();

    private final Publisher publisher = new Publisher();

    private RecordingSink sink;

    @BeforeEach
    void open() throws Exception {
        sink = RecordingSink.start();
        subscribe(DRAFTED);
    }

    @AfterEach
    void close() {
        sink.close();
        publisher.close();
        router.close();
    }

    @Test
    void the_check_holds_across_changes_of_a_subscription_unreadable_records_and_a_deletion() throws Exception {
        // given
        publish(Publisher.event(DRAFTED, "docflow:contract:V-1"), Publisher.event(SIGNED, "docflow:contract:V-1"));
        awaitDelivered(1);
        subscribe(SIGNED);
        publish(Publisher.event(DRAFTED, "docflow:contract:V-2"), Publisher.event(SIGNED, "docflow:contract:V-2"));
        awaitDelivered(2);
        publisher.publish(new ProducerRecord<>("docflow.events", "no event".getBytes(StandardCharsets.UTF_8)));
        router.operate("DELETE", "/subscriptions/proven", "");
        publish(Publisher.event(SIGNED, "docflow:contract:V-3"));
        subscribe(SIGNED);
        publish(Publisher.event(SIGNED, "docflow:contract:V-4"));
        awaitDelivered(3);

        // then
        JsonNode sums = router.get("/ledger/verify");
        JsonNode compared = router.get("/ledger/verify?against=kafka");
        assertThat(sums.path("differences")).isEmpty();
        assertThat(compared.path("differences")).isEmpty();
        assertThat(compared.path("records").longValue()).isEqualTo(7);
    }

    @Test
    void a_missing_delivery_does_not_fit_the_sums() throws Exception {
        // given
        Event lost = publishThree();

        // when
        delete(lost);

        // then
        JsonNode verdict = router.get("/ledger/verify");
        assertThat(verdict.path("whole").booleanValue()).isFalse();
        assertThat(verdict.path("differences")).singleElement().satisfies(it -> {
            assertThat(it.path("subscription").stringValue()).isEqualTo("proven");
            assertThat(it.path("topic").stringValue()).isEqualTo("docflow.events");
            assertThat(it.path("what").stringValue()).contains("deliveries are known");
        });
    }

    @Test
    void a_ledger_that_is_consistent_but_wrong_does_not_fit_kafka() throws Exception {
        // given
        Event lost = publishThree();

        // when
        delete(lost);
        router.jdbc()
                .sql("UPDATE counts SET unwanted = unwanted + 1 WHERE topic = 'docflow.events' AND seen > unwanted"
                        + " AND partition = (SELECT partition FROM messages WHERE event_id = ?)"
                        + " AND subscription = (SELECT id FROM subscriptions WHERE name = 'proven')")
                .param(lost.envelope().id())
                .update();

        // then
        assertThat(router.get("/ledger/verify").path("differences")).isEmpty();
        JsonNode compared = router.get("/ledger/verify?against=kafka");
        assertThat(compared.path("whole").booleanValue()).isFalse();
        assertThat(compared.path("differences")).singleElement().satisfies(it -> {
            assertThat(it.path("subscription").stringValue()).isEqualTo("proven");
            assertThat(it.path("what").stringValue())
                    .contains(lost.envelope().id().toString())
                    .contains("was wanted and has no delivery");
        });
    }

    @Test
    void an_event_the_ledger_never_saw_is_named() throws Exception {
        // given
        Event lost = publishThree();

        // when
        delete(lost);
        router.jdbc()
                .sql("DELETE FROM messages WHERE event_id = ?")
                .param(lost.envelope().id())
                .update();

        // then
        assertThat(router.get("/ledger/verify?against=kafka").path("differences"))
                .singleElement()
                .satisfies(it -> assertThat(it.path("what").stringValue())
                        .contains(lost.envelope().id().toString())
                        .contains("is not in the ledger"));
    }

    @Test
    void days_that_were_dropped_are_not_reported_as_missing() throws Exception {
        // given
        publishThree();
        age(40);
        assertThat(router.get("/ledger/verify").path("differences")).isEmpty();

        // when
        router.restart();
        await().atMost(PATIENCE)
                .until(() -> router.jdbc()
                                .sql("SELECT count(*) FROM messages")
                                .query(Long.class)
                                .single()
                        == 0);

        // then for the partition that gets events again, and for those that do not
        Event next = Publisher.event(DRAFTED, "docflow:contract:L-1");
        publish(next);
        assertThat(router.get("/ledger/verify").path("differences")).isEmpty();
        JsonNode compared = router.get("/ledger/verify?against=kafka");
        assertThat(compared.path("differences")).isEmpty();
        assertThat(compared.path("records").longValue()).isEqualTo(1);
    }

    @Test
    void the_offset_of_a_transaction_marker_is_not_missing_and_what_was_rolled_back_is_not_delivered()
            throws Exception {
        // given
        publisher.publishInTransaction(Publisher.event(DRAFTED, "docflow:contract:T-1"), true);
        awaitDelivered(1);
        age(10);

        // when
        publisher.publishInTransaction(Publisher.event(DRAFTED, "docflow:contract:T-1"), false);
        publisher.publishInTransaction(Publisher.event(DRAFTED, "docflow:contract:T-1"), true);
        awaitDelivered(2);

        // then
        assertThat(router.get("/ledger/verify").path("differences")).isEmpty();
        JsonNode compared = router.get("/ledger/verify?against=kafka");
        assertThat(compared.path("differences")).isEmpty();
        assertThat(compared.path("records").longValue()).isEqualTo(2);
    }

    @Test
    void the_comparison_is_one_of_two_words() throws Exception {
        assertThat(router.request("GET", "/ledger/verify?against=tape", "reader", null)
                        .statusCode())
                .isEqualTo(400);
    }

    /** Makes the content of the ledger older. */
    private void age(int days) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(days);
        for (String table : List.of("messages", "deliveries")) {
            router.jdbc()
                    .sql("CREATE TABLE " + table + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + " PARTITION OF "
                            + table + " FOR VALUES FROM ('" + day + "T00:00:00Z') TO ('" + day.plusDays(1)
                            + "T00:00:00Z')")
                    .update();
            router.jdbc()
                    .sql("UPDATE " + table + " SET accepted_at = accepted_at - interval '" + days + " days'")
                    .update();
        }
        router.jdbc()
                .sql("UPDATE counts SET hour = hour - interval '" + days + " days'")
                .update();
    }

    private Event publishThree() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            events.add(Publisher.event(DRAFTED, "docflow:contract:L-" + i));
        }
        publisher.publish(events);
        awaitDelivered(3);
        return events.get(1);
    }

    private void publish(Event... events) throws Exception {
        publisher.publish(List.of(events));
        // The order in which topics are read is not guaranteed; what follows must count for the next version.
        for (Event event : events) {
            await().atMost(PATIENCE)
                    .until(() -> !router.get(
                                    "/messages?event_id=" + event.envelope().id())
                            .path("items")
                            .isEmpty());
        }
    }

    private void delete(Event event) {
        router.jdbc()
                .sql("DELETE FROM deliveries d USING messages m WHERE m.id = d.message_id AND m.event_id = ?")
                .param(event.envelope().id())
                .update();
    }

    private void subscribe(String type) throws Exception {
        router.subscribe(
                "proven",
                "{\"types\": [\"" + type + "\"], \"sink\": {\"type\": \"http\", \"url\": \"" + sink.url() + "\"}}");
    }

    private void awaitDelivered(int count) {
        await().atMost(PATIENCE)
                .until(() -> router.sums("proven").path("delivered").longValue(0) == count);
    }
}
