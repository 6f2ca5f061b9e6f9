package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.local.Part;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of the records in the domains' topics, good and bad, come what may. */
class IntakeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static RunningService service;

    private static DomainEvents events;

    private static int deals;

    @BeforeAll
    static void start() {
        service = RunningService.shared();
        events = new DomainEvents();
    }

    @AfterAll
    static void let_go() {
        events.close();
    }

    @Test
    void events_become_deals() throws Exception {
        // given
        String deal = newDeal();

        // when
        events.send(
                event("media.mediaplan.ready", plan(deal), 3, deal),
                event("crm.brief.submitted", deal, 2),
                event("crm.deal.created", deal, 1));

        // then
        awaitStage(deal, "offer_ready");
        assertThat(service.get("/masterdeal/" + deal).path("facts").intValue()).isEqualTo(3);
    }

    @Test
    void records_that_are_no_events_go_to_error_events_and_those_behind_them_are_taken() throws Exception {
        // given
        Map<String, ProducerRecord<byte[], byte[]>> poison = new TreeMap<>();
        poison.put("not-wire-format", changed(record -> record.value()[0] = 7));
        poison.put("unknown-schema", changed(record -> record.value()[1] = 100));
        poison.put("invalid-event", changed(record -> record.headers().remove("ce_id")));
        poison.put(
                "unknown-type",
                changed(record -> record.headers()
                        .remove("ce_type")
                        .add("ce_type", "crm.deal.enchanted".getBytes(StandardCharsets.UTF_8))));
        poison.put("no-value", with("bad-value", "crm.events", "crm:deal:bad-value", null));
        poison.put(
                "key-not-subject",
                with("bad-key", "crm.events", "crm:deal:other", poisonous("x").value()));
        poison.put(
                "wrong-topic",
                with(
                        "bad-topic",
                        "legal.events",
                        "crm:deal:bad-topic",
                        poisonous("x").value()));
        // The schema's own id, then no data behind it.
        byte[] cut = Arrays.copyOf(poisonous("x").value(), 5);
        poison.put("unreadable-data", with("bad-data", "crm.events", "crm:deal:bad-data", cut));
        poison.put(
                "time-ahead",
                events.record(event("crm.deal.created", "crm:deal:BadTime", Instant.parse("2099-01-01T00:00:00Z"))));

        Set<UUID> before = events.readAll("error.events").stream()
                .map(it -> it.envelope().id())
                .collect(Collectors.toSet());

        // when
        List<String> good = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : poison.values()) {
            good.add(newDeal());
            events.send(event("crm.deal.created", good.getLast(), 1));
            events.send(record);
            good.add(newDeal());
            // The one behind it in the same partition.
            ProducerRecord<byte[], byte[]> behind = events.record(event("crm.deal.created", good.getLast(), 1));
            for (int partition = 0; partition < 3; partition++) {
                events.send(new ProducerRecord<>(
                        behind.topic(), partition, behind.key(), behind.value(), behind.headers()));
            }
        }

        // then
        for (String deal : good) {
            awaitStage(deal, "lead_created");
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Event> reported = new HashMap<>();
            toldSince(before).forEach(it -> reported.put(reason(it), it));
            assertThat(reported.keySet()).containsExactlyInAnyOrderElementsOf(poison.keySet());
        });
        for (Event error : toldSince(before)) {
            assertThat(error.data().get("stage")).isEqualTo("intake");
            assertThat(error.data().get("topic"))
                    .isEqualTo(Objects.requireNonNull(poison.get(reason(error))).topic());
            assertThat(String.valueOf(error.data().get("detail"))).isNotBlank();
        }
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM facts WHERE subject LIKE 'crm:deal:bad%' OR subject LIKE"
                                + " '%BadTime'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(service.request("GET", "/actuator/health", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_told_with_the_greatest_sequence_is_taken_back_like_anything_else() throws Exception {
        // given: an object whose later events count for older ones
        String deal = newDeal();
        Event mistake = sequenced(event("crm.deal.created", deal, 1), Long.MAX_VALUE);
        events.send(mistake, sequenced(event("crm.brief.submitted", deal, 2), 2));
        await().atMost(PATIENCE).until(service::isIdle);
        assertThat(statusOf(deal)).isEqualTo("Deal Created");

        // when
        EventType retracted = Objects.requireNonNull(EventCatalog.bundled().type("crm.event.retracted"));
        events.send(new Event(
                Envelope.builder(UUID.randomUUID(), "/crm", retracted.name(), deal, Instant.now())
                        .build(),
                new GenericRecordBuilder(retracted.schema())
                        .set("retracts", List.of(mistake.envelope().id().toString()))
                        .build()));

        // then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(statusOf(deal)).isEqualTo("Brief Submitted"));
    }

    @Test
    void only_an_operator_has_a_topic_read_again() throws Exception {
        String path = "/operations/intake/resume";
        String decision = "{\"topic\": \"dcm.events\", \"from\": \"first\", \"reason\": \"a test\"}";

        assertThat(service.post(path, "reader", decision).statusCode()).isEqualTo(403);
        assertThat(service.post(path, "operator", decision).body())
                .isEqualTo("{\"resumed\":[{\"topic\":\"dcm.events\",\"partition\":0,\"next\":0},"
                        + "{\"topic\":\"dcm.events\",\"partition\":1,\"next\":0},"
                        + "{\"topic\":\"dcm.events\",\"partition\":2,\"next\":0}]}");
        HttpResponse<String> wrong = service.post(path, "operator", "{\"topic\": \"dcm.events\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("'from' is required.");
        await().atMost(PATIENCE).until(service::isIdle);
        assertThat(service.get("/intake/incidents").path("incidents").isArray()).isTrue();
    }

    private static Event sequenced(Event event, long sequence) {
        return new Event(event.envelope().toBuilder().sequence(sequence).build(), event.data());
    }

    private static String statusOf(String deal) throws Exception {
        return service.get("/masterdeal/" + deal)
                .path("objects")
                .path(0)
                .path("status")
                .stringValue();
    }

    @Test
    void records_that_come_again_change_nothing() throws Exception {
        // given
        String deal = newDeal();
        events.send(
                event("crm.deal.created", deal, 1),
                event("crm.brief.submitted", deal, 2),
                event("media.mediaplan.ready", plan(deal), 3, deal));
        awaitStage(deal, "offer_ready");
        await().atMost(PATIENCE).until(service::isIdle);
        JsonNode before = service.get("/masterdeal/" + deal);
        JsonNode summary = service.get("/summary");
        int published = publishedFor(deal).size();

        // when: another process, whose group begins at the beginning
        try (RunningService again = service.another(Map.of("masterdeal.kafka.group", "again"))) {
            await().atMost(PATIENCE).until(again::isIdle);
            await().atMost(PATIENCE).until(service::isIdle);

            // then
            assertThat(again.bean(MeterRegistry.class)
                            .counter("masterdeal.intake.duplicates")
                            .count())
                    .isGreaterThanOrEqualTo(3);
            assertThat(service.get("/masterdeal/" + deal)).isEqualTo(before);
            assertThat(service.get("/summary")).isEqualTo(summary);
            assertThat(again.get("/masterdeal/" + deal)).isEqualTo(before);
            assertThat(again.get("/relay").path("state").stringValue()).isEqualTo("standby");
            assertThat(publishedFor(deal)).hasSize(published);
        }
    }

    @Test
    void postgresql_may_stop_and_come_back() throws Exception {
        // given
        String before = newDeal();
        events.send(event("crm.deal.created", before, 1));
        awaitStage(before, "lead_created");

        // when
        TestServers.get().stop(Part.POSTGRESQL);
        String during = newDeal();
        events.send(event("crm.deal.created", during, 1), event("crm.brief.submitted", before, 2));
        await().atMost(PATIENCE)
                .until(() -> service.request("GET", "/actuator/health/readiness", null)
                                .statusCode()
                        == 503);
        TestServers.get().start(Part.POSTGRESQL);

        // then
        awaitStage(during, "lead_created");
        awaitStage(before, "briefed");
        await().atMost(PATIENCE)
                .until(() -> service.request("GET", "/actuator/health/readiness", null)
                                .statusCode()
                        == 200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(publishedFor(before)).containsSubsequence(1L, 2L));
    }

    private static List<Long> publishedFor(String deal) {
        List<Long> revisions = new ArrayList<>();
        for (Event event : events.readAll("masterdeal.events")) {
            if (event.envelope().subject().equals(deal)) {
                revisions.add(Objects.requireNonNull(event.envelope().sequence()));
            }
        }
        return revisions;
    }

    @Test
    void a_process_told_not_to_take_events_in_answers_and_leaves_them_to_others() throws Exception {
        // given
        String deal = newDeal();
        try (RunningService bystander = service.another(
                        Map.of("masterdeal.intake.enabled", "false", "masterdeal.kafka.group", "bystanders"));
                Admin admin = DomainEvents.clients("unused").admin()) {

            // when
            events.send(event("crm.deal.created", deal, 1));
            awaitStage(deal, "lead_created");

            // then
            assertThat(bystander.get("/masterdeal/" + deal).path("stage").stringValue())
                    .isEqualTo("lead_created");
            assertThat(admin.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .contains("masterdeal-service")
                    .doesNotContain("bystanders");
        }
    }

    private static String newDeal() {
        return "crm:deal:intake-" + deals++;
    }

    private static String plan(String deal) {
        return deal.replace("crm:deal", "media:mediaplan");
    }

    /** What other tests had told of is no matter of this one. */
    private static List<Event> toldSince(Set<UUID> before) {
        return events.readAll("error.events").stream()
                .filter(it -> !before.contains(it.envelope().id()))
                .toList();
    }

    private static String reason(Event error) {
        return String.valueOf(error.data().get("reason"));
    }

    private static ProducerRecord<byte[], byte[]> poisonous(String id) {
        return events.record(event("crm.deal.created", "crm:deal:" + id, 1));
    }

    private static ProducerRecord<byte[], byte[]> with(String id, String topic, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(
                topic,
                null,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                poisonous(id).headers());
    }

    private static ProducerRecord<byte[], byte[]> changed(Consumer<ProducerRecord<byte[], byte[]>> change) {
        ProducerRecord<byte[], byte[]> record = poisonous("bad-" + deals++);
        change.accept(record);
        return record;
    }

    private static void awaitStage(String deal, String stage) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            JsonNode found = service.get("/masterdeal/" + deal);
            assertThat(found.path("stage").stringValue()).isEqualTo(stage);
        });
    }
}
